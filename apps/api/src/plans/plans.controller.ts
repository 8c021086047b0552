import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { parseInstant } from '@portolan/domain';
import { ProblemError, queryOf } from '@portolan/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { conditional } from '../http/conditional.js';
import { API_OPTIONS, type ApiOptions } from '../options.js';
import { type CurrentPlan, cellKey, collections } from '../projection/documents.js';
import { Projection } from '../projection/projection.js';
import { cellQuery } from '../shipments/query.js';

@Controller('v1/plans')
export class PlansController {
  constructor(
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
    @Inject(Projection) private readonly projection: Projection,
  ) {}

  /** `portolan.plan/1` as it was solved; headers say which version it is, and the log position and moment it was made for. */
  @Get('current')
  async current(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const { cell = this.options.cell } = queryOf(cellQuery, query);
    const reading = this.options.store.get<CurrentPlan>(collections.plans, cellKey(cell));
    const found = await this.projection.whole(reading);
    if (!found)
      throw new ProblemError('no-plan-yet', `Nothing has been planned in cell ${cell} yet.`, {
        headers: { 'retry-after': '1' },
      });
    const { version, position, now, plan } = found.document;
    reply
      .header('portolan-plan-version', String(version))
      .header('portolan-plan-position', String(position))
      .header('portolan-plan-now', now);
    return conditional(request, reply, plan, { etag: `"${version}-${position}"`, modified: parseInstant(now)! });
  }
}
