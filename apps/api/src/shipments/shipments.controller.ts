import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { ShipmentView } from '@portolan/domain';
import { ProblemError, cursorOf, placeOf, queryOf } from '@portolan/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { JSON_TYPE, conditional, etagOf, etagOfText } from '../http/conditional.js';
import { DEFAULT_LIMIT } from '../http/parameters.js';
import { API_OPTIONS, type ApiOptions } from '../options.js';
import { type StoredExplanation, cellKey, collections, keyIn } from '../projection/documents.js';
import { Projection } from '../projection/projection.js';
import type { Listed } from '../recommendations/recommendations.js';
import { type ShipmentExplanation, inLanguage } from './explanation.js';
import { type ShipmentQuery, cellQuery, explanationQuery, matches, shipmentQuery } from './query.js';

const PAGE = 500;

@Controller('v1/shipments')
export class ShipmentsController {
  constructor(
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
    @Inject(Projection) private readonly projection: Projection,
  ) {}

  /** By id. */
  @Get()
  async list(@Query() query: unknown): Promise<Listed<ShipmentView>> {
    const asked = queryOf(shipmentQuery, query);
    const { limit = DEFAULT_LIMIT } = asked;
    const found = await this.find(asked, limit + 1);
    // Afterwards, since it may take several reads.
    await this.projection.version();
    const shown = found.slice(0, limit);
    const next = found.length > limit && { next: cursorOf([shown.at(-1)!.key], asked) };
    return { data: shown.map(({ document }) => document), ...next };
  }

  /** An id may hold a slash, in the path written %2F. */
  @Get(':id')
  async one(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const { cell = this.options.cell } = queryOf(cellQuery, query);
    const reading = this.options.store.get<ShipmentView>(collections.shipments, keyIn(cell, id));
    const found = await this.projection.whole(reading);
    if (!found) throw new ProblemError('not-found', `There is no shipment ${id.slice(0, 100)} in cell ${cell}.`);
    return conditional(request, reply.type(JSON_TYPE), found.json, { etag: etagOfText(found.json) });
  }

  /** Of the shipments that the plan moves or leaves: told anew when they look different, or a recommendation for them does. */
  @Get(':id/explanation')
  async explanation(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShipmentExplanation | undefined> {
    const { cell = this.options.cell, lang = 'en' } = queryOf(explanationQuery, query);
    const reading = this.options.store.get<StoredExplanation>(collections.explanations, keyIn(cell, id));
    const found = await this.projection.whole(reading);
    if (!found) throw new ProblemError('not-found', await this.unexplained(cell, id));
    const told = inLanguage(found.document, lang);
    return conditional(request, reply, told, { etag: etagOf(told) });
  }

  private async unexplained(cell: string, id: string): Promise<string> {
    const shipment = await this.options.store.get<ShipmentView>(collections.shipments, keyIn(cell, id));
    const name = `shipment ${id.slice(0, 100)} in cell ${cell}`;
    if (!shipment) return `There is no ${name}.`;
    const { status, statusReason } = shipment.document;
    return `There is no explanation of ${name}, which is ${status}${statusReason ? `: ${statusReason}` : ''}.`;
  }

  /** The first that match behind the cursor, with their keys in the store. */
  private async find(query: ShipmentQuery, most: number): Promise<{ key: string; document: ShipmentView }[]> {
    const prefix = `${cellKey(query.cell ?? this.options.cell)}/`;
    const [start] = placeOf(query, 1) ?? [];
    const isMatch = matches(query);
    const found: { key: string; document: ShipmentView }[] = [];
    let after = start === undefined ? undefined : String(start);
    do {
      const options = { prefix, limit: PAGE, ...(after !== undefined && { after }) };
      const page = await this.options.store.list<ShipmentView>(collections.shipments, options);
      for (const { id: key, document } of page.items) if (isMatch(document)) found.push({ key, document });
      after = page.next;
    } while (after !== undefined && found.length < most);
    return found;
  }
}
