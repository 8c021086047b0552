import { Body, Controller, Delete, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ProblemError, isJson, mediaTypeOf, queryOf } from '@portolan/platform';
import { htmlReport } from '@portolan/replay';
import type { FastifyReply } from 'fastify';
import { idempotencyKeyOf } from '../http/idempotency-key.js';
import type { Listed } from '../recommendations/recommendations.js';
import { runQuery } from './query.js';
import { RunList } from './run-list.js';
import { WhatIfRuns } from './runs.js';
import type { RunRow, RunView } from './view.js';

const YAML = ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'];

@Controller('v1/what-if')
export class WhatIfController {
  constructor(
    @Inject(WhatIfRuns) private readonly runs: WhatIfRuns,
    @Inject(RunList) private readonly all: RunList,
  ) {}

  @Get()
  list(@Query() query: unknown): Promise<Listed<RunRow>> {
    return this.all.page(queryOf(runQuery, query));
  }

  @Post()
  @HttpCode(202)
  async request(
    @Headers('content-type') type: string | undefined,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: Buffer | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RunView> {
    requireScenario(type);
    if (!body || body.length === 0) throw new ProblemError('empty-body', 'The body is empty. Send a scenario.');
    const run = await this.runs.request(body.toString('utf8'), idempotencyKeyOf(key));
    reply.header('location', `/v1/what-if/${run.id}`);
    return run;
  }

  @Get(':id')
  async view(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<RunView> {
    const run = await this.runs.view(id);
    if (run.status === 'requested' || run.status === 'running') reply.header('retry-after', '2');
    return run;
  }

  /** The comparison as a page for people. */
  @Get(':id/report')
  async report(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { comparison, status } = await this.runs.view(id);
    if (!comparison) throw new ProblemError('not-found', `The run has no report: it is ${status}.`);
    reply.type('text/html; charset=utf-8');
    return htmlReport(comparison);
  }

  @Delete(':id')
  @HttpCode(204)
  async cancel(@Param('id') id: string): Promise<void> {
    await this.runs.cancel(id);
  }
}

function requireScenario(header: string | undefined): void {
  const type = mediaTypeOf(header);
  if (type && (isJson(type) || YAML.includes(type.type))) return;
  const what = header === undefined ? 'The Content-Type header is missing' : `Content-Type (${header.slice(0, 100)})`;
  throw new ProblemError('unsupported-media-type', `${what} must be application/yaml or application/json.`);
}
