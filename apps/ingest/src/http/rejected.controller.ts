import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import {
  type RejectionDetail,
  type Retried,
  type RetriedAll,
  faultsOf,
  rejectionQuery,
  retryQuery,
} from '@portolan/domain';
import { ProblemError } from '@portolan/platform';
import type { z } from 'zod';
import { type RejectionPage, Rejections } from '../rejected/rejections.js';

type Given = Readonly<Record<string, unknown>>;

/** What was rejected, and another try for it. */
@Controller('v1/rejected')
export class RejectedController {
  constructor(@Inject(Rejections) private readonly rejections: Rejections) {}

  @Get()
  list(@Query() given: Given): Promise<RejectionPage> {
    return this.rejections.list(parametersIn(rejectionQuery, given));
  }

  @Get(':id')
  async show(@Param('id') id: string): Promise<RejectionDetail> {
    return found(id, await this.rejections.show(id));
  }

  @Post('retry')
  @HttpCode(200)
  retryAll(@Query() given: Given): Promise<RetriedAll> {
    return this.rejections.retryAll(parametersIn(retryQuery, given));
  }

  @Post(':id/retry')
  @HttpCode(200)
  async retry(@Param('id') id: string): Promise<Retried> {
    return found(id, await this.rejections.retry(id));
  }
}

function parametersIn<T extends z.ZodObject>(schema: T, given: Given): z.output<T> {
  const parsed = schema.safeParse({ ...given });
  if (parsed.success) return parsed.data;
  const known = `is not a parameter here; there are ${Object.keys(schema.shape).join(', ')}`;
  const errors = faultsOf(parsed.error, given).map(({ pointer, value, message }) => ({
    pointer,
    value,
    message: message === 'is not a known field' ? known : message,
  }));
  const detail = errors.map(
    ({ pointer, value, message }) => `${pointer.slice(1)} (${String(value).slice(0, 100)}) ${message}`,
  );
  throw new ProblemError('invalid-parameter', `${detail.join('; ')}.`, { errors });
}

function found<T>(id: string, rejection: T | undefined): T {
  if (rejection !== undefined) return rejection;
  throw new ProblemError('not-found', `There is no rejection ${id.slice(0, 100)}: GET /v1/rejected lists them.`);
}
