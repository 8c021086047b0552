import { z } from 'zod';
import { paging, parameter } from '../http/parameters.js';
import { runStatuses } from './view.js';

export const runQuery = z.strictObject({
  status: parameter.someOf(runStatuses).optional().meta({ description: 'Default: all' }),
  ...paging,
});

export type RunQuery = z.output<typeof runQuery>;
