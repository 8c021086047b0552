import { z } from 'zod';
import { mappingForEditors } from './document.js';

/** JSON Schema (2020-12) of `portolan.mapping/1`, for editors. */
export const mappingSchema = (): object => ({
  ...z.toJSONSchema(mappingForEditors, { io: 'input' }),
  title: 'portolan.mapping/1',
});
