import { planDocument, recommendation, shipmentView } from '@portolan/domain';
import { problems } from '@portolan/platform';
import { z } from 'zod';
import { planQuery } from './plans.controller.js';
import { decisionBody } from './recommendations/decide.js';
import { recommendationQuery } from './recommendations/query.js';
import { shipmentQuery } from './shipments/shipments.controller.js';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' }) as Json;
  return rest;
};

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json): Json => ({ 'application/json': { schema } });
const pageSchema = (name: string): Json => ({
  type: 'object',
  required: ['data'],
  properties: {
    data: { type: 'array', items: ref(name) },
    next: { type: 'string', description: 'Cursor of the next page' },
  },
});

function parametersOf(schema: z.ZodType): Json[] {
  const { properties = {} } = schemaOf(schema) as { properties?: Record<string, Json> };
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: 'query',
    required: false,
    ...(description !== undefined && { description }),
    schema: property,
  }));
}

const pathParameter = (name: string): Json => ({ name, in: 'path', required: true, schema: { type: 'string' } });

const problem = (...statuses: number[]): Json =>
  Object.fromEntries(
    statuses.map((status) => {
      const codes = Object.entries(problems)
        .filter(([, kind]) => kind.status === status)
        .map(([code]) => code);
      const description = codes.map((code) => `urn:portolan:problem:${code}`).join(', ');
      return [status, { description, content: { 'application/problem+json': { schema: ref('Problem') } } }];
    }),
  );

const operation = (operationId: string, summary: string, rest: Json): Json => ({ operationId, summary, ...rest });
const ok = (description: string, schema: Json, more: Json = {}): Json => ({
  200: { description, content: json(schema), ...more },
});

const receipt: Json = {
  type: 'object',
  required: ['accepted', 'duplicates', 'rejected'],
  properties: {
    accepted: {
      type: 'array',
      items: { type: 'object', properties: { index: { type: 'integer' }, id: { type: 'string' } } },
    },
    duplicates: {
      type: 'array',
      items: { type: 'object', properties: { index: { type: 'integer' }, id: { type: 'string' } } },
    },
    rejected: {
      type: 'array',
      items: {
        type: 'object',
        properties: { index: { type: 'integer' }, pointer: { type: 'string' }, reason: { type: 'string' }, value: {} },
      },
    },
  },
};

const intake = (operationId: string, summary: string, types: readonly string[], parameters: Json[] = []): Json =>
  operation(operationId, summary, {
    parameters,
    requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, { schema: {} }])) },
    responses: {
      202: { description: 'The log has what was accepted', content: json(ref('Receipt')) },
      ...problem(400, 413, 415, 422, 429, 503),
    },
  });

/** OpenAPI 3.1, from the same schemas that the services check with. */
export function openApi(version: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Portolan',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Events in, a proven optimal plan and recommendations with their reasons out. Times are RFC 3339 in UTC.',
    },
    servers: [{ url: '/' }],
    paths: {
      '/v1/messages': {
        post: intake(
          'sendMessage',
          'A message of any known format',
          ['application/json', 'text/csv', 'application/octet-stream'],
          [
            {
              name: 'format',
              in: 'query',
              required: false,
              schema: { type: 'string' },
              description: 'Such as dcsa or csv; else by content',
            },
          ],
        ),
      },
      '/v1/events': {
        post: intake('sendEvents', 'CloudEvents: structured, batched or binary', [
          'application/cloudevents+json',
          'application/cloudevents-batch+json',
          'application/json',
        ]),
      },
      '/v1/recommendations': {
        get: operation('listRecommendations', 'Recommendations, open ones with the greatest saving first', {
          parameters: parametersOf(recommendationQuery),
          responses: { ...ok('A page', pageSchema('Recommendation')), ...problem(400) },
        }),
      },
      '/v1/recommendations/{id}': {
        get: operation('getRecommendation', 'One recommendation with its reasons', {
          parameters: [pathParameter('id')],
          responses: { ...ok('It', ref('Recommendation')), 304: { description: 'Not changed' }, ...problem(404) },
        }),
      },
      '/v1/recommendations/{id}/decision': {
        post: operation('decide', 'Accept or reject', {
          parameters: [
            pathParameter('id'),
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              schema: { type: 'string' },
              description: 'The same answer given again is one decision, with or without a key',
            },
          ],
          requestBody: { required: true, content: json(ref('Decision')) },
          responses: {
            202: { description: 'In the log', content: json({ type: 'object' }) },
            ...problem(400, 404, 409, 422, 503),
          },
        }),
      },
      '/v1/shipments': {
        get: operation('listShipments', 'Shipments', {
          parameters: parametersOf(shipmentQuery),
          responses: { ...ok('A page', pageSchema('Shipment')), ...problem(400) },
        }),
      },
      '/v1/shipments/{id}': {
        get: operation('getShipment', 'One shipment with timeline and itinerary', {
          parameters: [pathParameter('id')],
          responses: { ...ok('It', ref('Shipment')), ...problem(404) },
        }),
      },
      '/v1/plans/current': {
        get: operation('getCurrentPlan', 'The plan in full, portolan.plan/1', {
          parameters: parametersOf(planQuery),
          responses: { ...ok('It', ref('Plan')), ...problem(400, 404) },
        }),
      },
      '/health/live': {
        get: operation('live', 'Is the process alive?', { responses: { 200: { description: 'Yes' } } }),
      },
      '/health/ready': {
        get: operation('ready', 'Can it take requests?', {
          responses: { 200: { description: 'Yes' }, ...problem(503) },
        }),
      },
      '/metrics': { get: operation('metrics', 'Prometheus', { responses: { 200: { description: 'Text' } } }) },
    },
    components: {
      schemas: {
        Recommendation: schemaOf(recommendation),
        Shipment: schemaOf(shipmentView),
        Plan: schemaOf(planDocument),
        Decision: schemaOf(decisionBody),
        Receipt: receipt,
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status'],
          properties: {
            type: { type: 'string', enum: Object.keys(problems).map((code) => `urn:portolan:problem:${code}`) },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            errors: {
              type: 'array',
              items: {
                type: 'object',
                properties: { pointer: { type: 'string' }, message: { type: 'string' }, value: {} },
              },
            },
          },
        },
      },
    },
  };
}
