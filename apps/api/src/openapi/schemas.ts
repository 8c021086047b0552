import {
  alternative,
  costParts,
  envelope,
  eventData,
  eventReference,
  explanation,
  change,
  itineraryLeg,
  itineraryView,
  milestoneView,
  money,
  planDocument,
  recommendation,
  rejectedMessage,
  rejection,
  rejectionDetail,
  retried,
  retriedAll,
  shipmentView,
} from '@portolan/domain';
import { type ProblemCode, problemType, problems } from '@portolan/platform';
import { z } from 'zod';
import { runRow, runView } from '../what-if/view.js';
import { decisionRequest } from '../decisions/decide.js';
import { shipmentExplanation } from '../shipments/explanation.js';

export type Json = Readonly<Record<string, unknown>>;

const pointer = z.string().meta({ description: 'JSON Pointer (RFC 6901) into what was sent' });
const problemTypes = (Object.keys(problems) as ProblemCode[]).map(problemType);

const problem = z
  .looseObject({
    type: z.enum(problemTypes as [string, ...string[]]),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().meta({ description: 'The thing, its value, and what would be right' }),
    instance: z.string().optional().meta({ description: 'The request, as the log of the service names it' }),
    code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
    retriable: z.boolean().meta({ description: 'Has the same request a chance when it is sent again later?' }),
    errors: z.array(z.object({ pointer, value: z.unknown().optional(), message: z.string() })).optional(),
    errorsOmitted: z.int().optional().meta({ description: 'How many more errors there are' }),
  })
  .meta({ description: 'RFC 9457. docs/errors.md says what to do about each type' });

const taken = z.strictObject({
  index: z.int().meta({ description: 'Of the item in the message, from 0' }),
  id: z.string().meta({ description: 'Of the event in the log' }),
});
const wrong = { pointer, reason: z.string(), value: z.unknown().optional() };

const receipt = z
  .strictObject({
    accepted: z.array(taken),
    duplicates: z.array(taken).meta({ description: 'In the log already' }),
    rejected: z.array(z.strictObject({ index: z.int(), ...wrong, errors: z.array(z.strictObject(wrong)).optional() })),
  })
  .meta({ description: 'What became of each item of a message' });

export const decision = z.strictObject({
  recommendation: z.string(),
  decision: z.enum(['accept', 'reject']),
  by: z.string(),
  reason: z.string().optional(),
  policy: z.string().optional(),
  at: z.string().meta({ format: 'date-time', description: "The planner's now when it was given" }),
  event: z.string().meta({ description: 'Id of the event in the log' }),
});

/** What a sender gives of an event; the service adds the moment of reception and the planning cell. */
const eventAttributes = envelope.omit({ recordedtime: true, partitionkey: true, type: true });

const page = (of: z.ZodType) =>
  z.strictObject({
    data: z.array(of),
    next: z.string().optional().meta({ description: 'Cursor of the next page; absent on the last' }),
  });

const named = {
  Recommendation: recommendation,
  RecommendationPage: page(recommendation),
  RecommendedChange: change,
  ItineraryView: itineraryView,
  ItineraryLeg: itineraryLeg,
  CostParts: costParts,
  Alternative: alternative,
  EventReference: eventReference,
  Money: money,
  Shipment: shipmentView,
  ShipmentPage: page(shipmentView),
  Explanation: explanation,
  ShipmentExplanation: shipmentExplanation,
  Milestone: milestoneView,
  Plan: planDocument,
  DecisionRequest: decisionRequest,
  Decision: decision,
  Receipt: receipt,
  Rejection: rejection,
  RejectionPage: page(rejection),
  RejectionDetail: rejectionDetail,
  RejectedMessage: rejectedMessage,
  Retried: retried,
  RetriedAll: retriedAll,
  WhatIfRun: runView,
  WhatIfRunPage: page(runRow),
  Problem: problem,
  EventAttributes: eventAttributes,
  ...Object.fromEntries(Object.entries(eventData).map(([type, schema]) => [dataName(type), schema])),
};

export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** `components.schemas`, made from the schemas that the services check with. */
export function schemas(): Record<string, Json> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, { io: 'input', uri: (id) => `#/components/schemas/${id}` }).schemas as Record<
    string,
    Json
  >;
  const plain = Object.entries(made).map(([id, { $schema: _dialect, $id: _id, ...schema }]) => [id, schema] as const);
  return { ...Object.fromEntries(plain), Event: { oneOf: Object.keys(eventData).map(eventOf) } };
}

/** An event of one type: attributes and data go together. */
const eventOf = (type: string): Json => ({
  title: type,
  allOf: [
    ref('EventAttributes'),
    { type: 'object', required: ['type', 'data'], properties: { type: { const: type }, data: ref(dataName(type)) } },
  ],
});

/** `org.portolan.order.placed` → `OrderPlaced`. */
function dataName(type: string): string {
  const words = type.split('.').slice(2);
  return words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}
