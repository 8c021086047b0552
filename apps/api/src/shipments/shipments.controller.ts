import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { ShipmentView } from '@portolan/domain';
import { ProblemError } from '@portolan/platform';
import { z } from 'zod';
import { type Listed, everything, pageOf, paging, queryOf } from '../listing.js';
import { API_OPTIONS, type ApiOptions, collections } from '../options.js';

export const shipmentQuery = z.strictObject({
  status: z
    .string()
    .optional()
    .meta({ description: 'planned, moving, delivered, held, unknown, cancelled or unplanned' }),
  order: z.string().optional(),
  location: z.string().optional(),
  equipment: z.string().optional(),
  ...paging,
});

@Controller('v1/shipments')
export class ShipmentsController {
  constructor(@Inject(API_OPTIONS) private readonly options: ApiOptions) {}

  @Get()
  async list(@Query() query: unknown): Promise<Listed<ShipmentView>> {
    const { status, order, location, equipment, cursor, limit } = queryOf(shipmentQuery, query);
    const all = await everything<ShipmentView>(this.options.store, collections.shipments);
    const found = all.filter(
      (each) =>
        (status === undefined || each.status === status) &&
        (order === undefined || each.order === order) &&
        (location === undefined || each.from === location || each.to === location) &&
        (equipment === undefined || each.equipment.includes(equipment)),
    );
    return pageOf(found, cursor, limit);
  }

  /** A part's id holds a slash: `/v1/shipments/ORDER-1%2F1`. */
  @Get(':id')
  async one(@Param('id') id: string): Promise<ShipmentView> {
    const found = await this.options.store.get<ShipmentView>(collections.shipments, id);
    if (!found) throw new ProblemError('not-found', `There is no shipment ${id}.`);
    return found.document;
  }
}
