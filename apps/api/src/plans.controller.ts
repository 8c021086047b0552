import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ProblemError } from '@portolan/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { queryOf } from './listing.js';
import { API_OPTIONS, type ApiOptions, collections } from './options.js';
import type { CurrentPlan } from './projection.controller.js';

export const planQuery = z.strictObject({
  cell: z.string().optional().meta({ description: "Default: the service's own" }),
});

@Controller('v1/plans')
export class PlansController {
  constructor(@Inject(API_OPTIONS) private readonly options: ApiOptions) {}

  /** `portolan.plan/1`; headers say which version it is and the log position it was made from. */
  @Get('current')
  async current(@Query() query: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const { cell = this.options.cell } = queryOf(planQuery, query);
    const found = await this.options.store.get<CurrentPlan>(collections.plans, cell);
    if (!found) {
      reply.header('retry-after', '1');
      throw new ProblemError('no-plan-yet', `Nothing has been planned in cell ${cell} yet.`);
    }
    const { version, position, now, plan } = found.document;
    reply
      .header('etag', `"${version}"`)
      .header('portolan-plan-version', String(version))
      .header('portolan-plan-position', String(position))
      .header('portolan-now', now);
    return plan;
  }
}
