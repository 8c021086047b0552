import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { parseInstant } from '@portolan/domain';
import { queryOf } from '@portolan/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { JSON_TYPE, conditional, etagOfText } from '../http/conditional.js';
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
    const { json, etag } = await this.recommendations.list(request.url, version, () => {
      const asked = queryOf(recommendationQuery, query);
      return { ...asked, cell: asked.cell ?? this.options.cell };
    });
    return conditional(request, reply.type(JSON_TYPE), json, { etag });
  }

  @Get(':id')
  async one(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const reading = Promise.all([this.recommendations.one(id), this.recommendations.traceOf(id)]);
    const [found, trace] = await this.projection.whole(reading);
    if (trace) reply.header('portolan-trace', trace.traceparent);
    const version = { etag: etagOfText(found.json), modified: parseInstant(found.document.updatedAt)! };
    return conditional(request, reply.type(JSON_TYPE), found.json, version);
  }
}
