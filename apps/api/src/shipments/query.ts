import { type ShipmentView, shipmentView } from '@portolan/domain';
import { languages } from '@portolan/planning';
import { z } from 'zod';
import { paging, parameter } from '../http/parameters.js';

const shipmentStatuses = shipmentView.shape.status.options as [ShipmentView['status'], ...ShipmentView['status'][]];

export const shipmentQuery = z.strictObject({
  status: parameter.someOf(shipmentStatuses).optional().meta({ description: 'Default: all' }),
  order: parameter.text.optional().meta({ description: 'Id of the order' }),
  location: parameter.text
    .optional()
    .meta({ description: 'Origin, destination, or on an itinerary in force or planned' }),
  equipment: parameter.text.optional().meta({ description: 'Number of a container or trailer' }),
  cell: parameter.text.optional().meta({ description: "Planning cell. Default: the service's own" }),
  ...paging,
});

export const cellQuery = shipmentQuery.pick({ cell: true });

export const explanationQuery = cellQuery.extend({
  lang: parameter.oneOf(languages).optional().meta({ description: 'Of the words. Default: en' }),
});

export type ShipmentQuery = z.output<typeof shipmentQuery>;

export function matches({ status, order, location, equipment }: ShipmentQuery): (each: ShipmentView) => boolean {
  const number = equipment?.replaceAll(/[\s-]/g, '').toUpperCase();
  return (each) =>
    (status === undefined || status.includes(each.status)) &&
    (order === undefined || each.order === order) &&
    (location === undefined || passes(each, location)) &&
    (number === undefined || each.equipment.includes(number));
}

const passes = ({ from, to, inForce, planned }: ShipmentView, location: string): boolean =>
  [from, to].includes(location) ||
  [...inForce, ...planned].some(({ legs }) => legs.some((leg) => leg.from === location || leg.to === location));
