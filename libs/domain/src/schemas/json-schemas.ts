import { z } from 'zod';
import { envelope, eventData } from '../events/event.js';
import { problemDocument } from '../problem-format/document.js';
import { planDocument } from '../problem-format/plan.js';
import { explanation } from '../recommendation/explanation.js';
import { recommendation, shipmentView } from '../recommendation/recommendation.js';

/** JSON Schema (2020-12) of everything that leaves or enters the house, by file name; `docs/schemas` holds them. */
export function jsonSchemas(): Readonly<Record<string, object>> {
  const events = Object.entries(eventData).map(([type, schema]) => [type, schemaOf(schema, type)] as const);
  return {
    ...Object.fromEntries(events),
    'org.portolan.envelope': schemaOf(envelope, 'org.portolan.envelope'),
    'portolan.problem-1': schemaOf(problemDocument, 'portolan.problem/1'),
    'portolan.plan-1': schemaOf(planDocument, 'portolan.plan/1'),
    'portolan.explanation': schemaOf(explanation, 'portolan.explanation'),
    'portolan.recommendation': schemaOf(recommendation, 'portolan.recommendation'),
    'portolan.shipment': schemaOf(shipmentView, 'portolan.shipment'),
  };
}

const schemaOf = (schema: z.ZodType, title: string): object => ({
  ...z.toJSONSchema(schema, { io: 'input' }),
  title,
});
