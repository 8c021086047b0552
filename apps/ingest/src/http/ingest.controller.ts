import { MAPPING_HEADER, type Mapping } from '@portolan/formats';
import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ProblemError } from '@portolan/platform';
import type { FastifyRequest } from 'fastify';
import { Intake, type Unread } from '../intake/intake.js';
import type { Receipt } from '../intake/receipt.js';
import { INGEST_OPTIONS, type IngestSettings } from '../settings.js';
import { cellOf, checkEventType, checkMessageType, formatOf, mappingOf } from './parameters.js';
import { rawBodyOf } from './raw-bodies.js';

/** Messages in. 202 once the log has them, with what became of each item. */
@Controller('v1')
export class IngestController {
  constructor(
    @Inject(Intake) private readonly intake: Intake,
    @Inject(INGEST_OPTIONS) private readonly settings: IngestSettings,
  ) {}

  /** CloudEvents 1.0 of our own types: structured, batched, binary. */
  @Post('events')
  @HttpCode(202)
  async events(@Req() request: FastifyRequest): Promise<Receipt> {
    const { contentType } = rawBodyOf(request);
    checkEventType(contentType);
    const binary = request.headers['ce-specversion'] !== undefined;
    return this.take(request, binary ? undefined : 'cloudevents');
  }

  /** Any format known: by its mapping, by `?format=`, by content type, or by what it looks like. */
  @Post('messages')
  @HttpCode(202)
  async messages(@Req() request: FastifyRequest): Promise<Receipt> {
    const format = formatOf(parameter(request, 'format'), this.settings.mappings);
    const mapping = mappingOf(header(request, MAPPING_HEADER));
    checkMessageType(rawBodyOf(request).contentType, format ?? mapping?.name);
    return this.take(request, format, mapping);
  }

  private async take(request: FastifyRequest, format: string | undefined, mapping?: Mapping): Promise<Receipt> {
    const { bytes, contentType } = rawBodyOf(request);
    const cell = cellOf(parameter(request, 'cell'), header(request, 'x-portolan-cell'), this.settings.cell);
    if (bytes.length === 0) throw new ProblemError('empty-body', 'The body is empty: send a message.');
    const headers = { ...request.headers, 'content-type': contentType };
    return answerOf(await this.intake.take({ body: bytes, headers, format, mapping, cell, request: request.id }));
  }
}

const parameter = ({ query }: FastifyRequest, name: string): unknown =>
  (query as Readonly<Record<string, unknown>>)[name];

const header = ({ headers }: FastifyRequest, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
};

const codes = {
  empty: 'empty-body',
  'not-text': 'malformed-encoding',
  'not-json': 'malformed-json',
  'not-a-message': 'validation',
} as const;

/** A message of which nothing could be taken is an error of its sender's. */
function answerOf(taken: Receipt | Unread): Receipt {
  if ('unreadable' in taken) {
    const errors = taken.unreadable;
    throw new ProblemError(codes[taken.because], `The message ${errors[0]!.message}.`, { errors });
  }
  const { accepted, duplicates, rejected } = taken;
  if (rejected.length === 0 || accepted.length + duplicates.length > 0) return taken;
  const errors = rejected.flatMap(({ errors: all, ...one }) =>
    (all ?? [one]).map(({ pointer, reason, value }) => ({
      pointer,
      message: reason,
      ...(value !== undefined && { value }),
    })),
  );
  throw new ProblemError('validation', `None of the ${rejected.length} items could be accepted.`, {
    errors,
    members: { ...taken },
  });
}
