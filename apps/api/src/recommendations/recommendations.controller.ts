import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { type Recommendation, decisionEvent, parseInstant } from '@portolan/domain';
import { encodeEvent } from '@portolan/formats';
import { ProblemError, parseJson } from '@portolan/platform';
import { topics } from '@portolan/streams';
import type { FastifyReply } from 'fastify';
import { type Listed, everything, pageOf, queryOf } from '../listing.js';
import { API_OPTIONS, type ApiOptions, collections } from '../options.js';
import { decide, decisionBody } from './decide.js';
import { matches, ordered, recommendationQuery } from './query.js';

@Controller('v1/recommendations')
export class RecommendationsController {
  constructor(@Inject(API_OPTIONS) private readonly options: ApiOptions) {}

  @Get()
  async list(@Query() query: unknown): Promise<Listed<Recommendation>> {
    const asked = queryOf(recommendationQuery, query);
    const all = await everything<Recommendation>(this.options.store, collections.recommendations);
    return pageOf(all.filter(matches(asked)).sort(ordered(asked.sort)), asked.cursor, asked.limit);
  }

  @Get(':id')
  async one(
    @Param('id') id: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Recommendation | undefined> {
    const { document, position } = await this.stored(id);
    const tag = `"${position}"`;
    reply.header('etag', tag).header('last-modified', new Date(parseInstant(document.updatedAt)!).toUTCString());
    if (known !== tag) return document;
    reply.status(304);
    return undefined;
  }

  /** The decision is in the log when this answers; the plan that respects it follows. */
  @Post(':id/decision')
  @HttpCode(202)
  async decision(@Param('id') id: string, @Body() body: Buffer | null): Promise<object> {
    const parsed = decisionBody.safeParse(parseJson(body ?? Buffer.alloc(0)));
    if (!parsed.success) {
      const errors = parsed.error.issues.map(({ path, message }) => ({
        pointer: path.map((part) => `/${String(part)}`).join(''),
        message,
      }));
      throw new ProblemError('validation', 'The decision is not right; see errors.', { errors });
    }
    const { document } = await this.stored(id);
    const answer = decide(document, parsed.data, this.options.clock.now());
    const event = decisionEvent(document, answer);
    const [appended] = await this.options.log.append(topics.events, [encodeEvent(event)]);
    return { recommendation: id, ...answer, event: event.id, position: appended!.offset };
  }

  private async stored(id: string) {
    const found = await this.options.store.get<Recommendation>(collections.recommendations, id);
    if (!found) throw new ProblemError('not-found', `There is no recommendation ${id}.`);
    return found;
  }
}
