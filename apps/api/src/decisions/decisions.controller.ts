import { Body, Controller, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ProblemError, parseJson, requireJson } from '@portolan/platform';
import type { FastifyReply } from 'fastify';
import { idempotencyKeyOf } from '../http/idempotency-key.js';
import { readDecision } from './decide.js';
import { type Decision, Decisions } from './decisions.js';

@Controller('v1/recommendations/:id/decision')
export class DecisionsController {
  constructor(@Inject(Decisions) private readonly decisions: Decisions) {}

  /** 202: the log has the decision, and the next plan will respect it. */
  @Post()
  @HttpCode(202)
  async decide(
    @Param('id') id: string,
    @Headers('content-type') type: string | undefined,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: Buffer | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Decision> {
    const idempotencyKey = idempotencyKeyOf(key);
    requireJson(type);
    const request = readDecision(parseJson(body));
    if (!request.ok) {
      const detail = request.faults.map(({ pointer, message }) => `${pointer || 'the body'} ${message}`).join('; ');
      throw new ProblemError('validation', `${detail}.`, { errors: request.faults });
    }
    const decision = await this.decisions.take(id, request.value, idempotencyKey);
    reply.header('location', `/v1/recommendations/${encodeURIComponent(id)}`);
    return decision;
  }
}
