import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { INGEST_OPTIONS, type IngestSettings } from '../settings.js';
import { bodyOf, busy } from './body.js';
import { Budget } from './budget.js';

export interface RawBody {
  readonly bytes: Buffer;
  readonly contentType: string | undefined;
}

const bodies = new WeakMap<FastifyRequest, RawBody>();

/** The body of a request to one of ingest's routes. */
export const rawBodyOf = (request: FastifyRequest): RawBody =>
  bodies.get(request) ?? { bytes: Buffer.alloc(0), contentType: undefined };

/**
 * Ingest takes any content type and keeps bytes as they came, while the other modules of a process parse JSON. So bodies of its own
 * routes are read here, before Fastify looks for a parser, and Fastify is shown a request without a body.
 */
@Injectable()
export class RawBodies {
  private readonly budget: Budget;

  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(INGEST_OPTIONS) private readonly settings: IngestSettings,
  ) {
    this.budget = new Budget(settings.maxRequests, settings.maxBytesInFlight);
  }

  /** To be called before the routes are made. */
  install(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onRoute', (route) => {
      if (isIngest(route))
        route.preParsing = async (request: FastifyRequest, reply: FastifyReply, payload: Readable) => {
          await this.take(request, reply, payload);
          return Readable.from([]);
        };
    });
  }

  private async take(request: FastifyRequest, reply: FastifyReply, payload: Readable): Promise<void> {
    const { headers } = request.raw;
    const place = this.budget.enter();
    if (!place) throw busy();
    // The answer's end: a request is closed as soon as its body has been read.
    reply.raw.once('close', () => place.leave());
    const bytes = await bodyOf(payload, headers, this.settings.bodyLimit, place);
    bodies.set(request, { bytes, contentType: headers['content-type'] });
    for (const name of ['content-type', 'content-length', 'content-encoding', 'transfer-encoding'])
      delete headers[name];
  }
}

const paths = /\/v1\/(events|messages)\/?$/;
const isIngest = ({ method, url }: RouteOptions): boolean => [method].flat().includes('POST') && paths.test(url);
