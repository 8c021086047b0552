import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { type Recommendation, parseInstant } from '@portolan/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { conditional, etagOf } from '../http/conditional.js';
import { queryOf } from '@portolan/platform';
import { API_OPTIONS, type ApiOptions } from '../options.js';
import { recommendationQuery } from './query.js';
import { type Listed, Recommendations } from './recommendations.js';

@Controller('v1/recommendations')
export class RecommendationsController {
  private readonly recommendations: Recommendations;

  constructor(@Inject(API_OPTIONS) private readonly options: ApiOptions) {
    this.recommendations = new Recommendations(options.store);
  }

  @Get()
  list(@Query() query: unknown): Promise<Listed<Recommendation>> {
    const asked = queryOf(recommendationQuery, query);
    return this.recommendations.list(asked, asked.cell ?? this.options.cell);
  }

  @Get(':id')
  async one(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Recommendation | undefined> {
    const found = await this.recommendations.one(id);
    const trace = await this.recommendations.traceOf(id);
    if (trace) reply.header('portolan-trace', trace.traceparent);
    return conditional(request, reply, found, { etag: etagOf(found), modified: parseInstant(found.updatedAt)! });
  }
}
