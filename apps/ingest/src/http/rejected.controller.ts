import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { type RejectionDetail, type Retried, type RetriedAll, rejectionQuery, retryQuery } from '@portolan/domain';
import { ProblemError, queryOf } from '@portolan/platform';
import { type RejectionPage, Rejections } from '../rejected/rejections.js';

/** What was rejected, and another try for it. */
@Controller('v1/rejected')
export class RejectedController {
  constructor(@Inject(Rejections) private readonly rejections: Rejections) {}

  @Get()
  list(@Query() query: unknown): Promise<RejectionPage> {
    return this.rejections.list(queryOf(rejectionQuery, query));
  }

  @Get(':id')
  async show(@Param('id') id: string): Promise<RejectionDetail> {
    return found(id, await this.rejections.show(id));
  }

  @Post('retry')
  @HttpCode(200)
  retryAll(@Query() query: unknown): Promise<RetriedAll> {
    return this.rejections.retryAll(queryOf(retryQuery, query));
  }

  @Post(':id/retry')
  @HttpCode(200)
  async retry(@Param('id') id: string): Promise<Retried> {
    return found(id, await this.rejections.retry(id));
  }
}

function found<T>(id: string, rejection: T | undefined): T {
  if (rejection !== undefined) return rejection;
  throw new ProblemError('not-found', `There is no rejection ${id.slice(0, 100)}: GET /v1/rejected lists them.`);
}
