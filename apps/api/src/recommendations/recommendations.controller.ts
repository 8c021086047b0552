import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { queryOf } from '@portolan/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { JSON_TYPE, conditional } from '../http/conditional.js';
import { API_OPTIONS, type ApiOptions } from '../options.js';
import { Projection } from '../projection/projection.js';
import { recommendationQuery } from './query.js';
import { Recommendations } from './recommendations.js';

@Controller('v1/recommendations')
export class RecommendationsController {
  private readonly recommendations: Recommendations;

  constructor(
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
    @Inject(Projection) private readonly projection: Projection,
  ) {
    this.recommendations = new Recommendations(options.store);
  }

  @Get()
  async list(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    const version = await this.projection.version();
    const [, asked = ''] = request.url.split('?', 2);
    const answer = await this.recommendations.list(`?${asked}`, version, () => {
      const parsed = queryOf(recommendationQuery, query);
      return { ...parsed, cell: parsed.cell ?? this.options.cell };
    });
    return conditional(request, reply.type(JSON_TYPE), answer.json, answer);
  }

  @Get(':id')
  async one(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    const answer = await this.recommendations.answer(id, await this.projection.version());
    if (answer.trace) reply.header('portolan-trace', answer.trace.traceparent);
    return conditional(request, reply.type(JSON_TYPE), answer.json, answer);
  }
}
