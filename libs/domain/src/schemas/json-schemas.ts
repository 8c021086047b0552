import { z } from 'zod';
import { envelope, eventData } from '../events/event.js';
import { recommendation, shipmentView } from '../recommendation/recommendation.js';

/** JSON Schema (2020-12) of everything that leaves or enters the house, by file name; `docs/schemas` holds them. */
export function jsonSchemas(): Readonly<Record<string, object>> {
  const events = Object.entries(eventData).map(([type, schema]) => [type, schemaOf(schema, type)] as const);
  return {
    ...Object.fromEntries(events),
    'org.portolan.envelope': schemaOf(envelope, 'org.portolan.envelope'),
    'portolan.recommendation': schemaOf(recommendation, 'portolan.recommendation'),
    'portolan.shipment': schemaOf(shipmentView, 'portolan.shipment'),
  };
}

const schemaOf = (schema: z.ZodType, title: string): object => ({
  ...z.toJSONSchema(schema, { io: 'input' }),
  title,
});
