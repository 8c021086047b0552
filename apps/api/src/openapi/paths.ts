import { rejectionQuery, retryQuery } from '@portolan/domain';
import { standards } from '@portolan/formats';
import type { ProblemCode } from '@portolan/platform';
import { recommendationQuery } from '../recommendations/query.js';
import { runQuery } from '../what-if/query.js';
import { cellQuery, explanationQuery, shipmentQuery } from '../shipments/query.js';
import {
  decisionExample,
  eventExample,
  explanationExample,
  planExample,
  receiptExample,
  recommendationExample,
  rejectionExample,
  runExample,
  scenarioExample,
  shipmentExample,
} from './examples.js';
import { answer, header, headerParameter, pathParameter, problemAnswers, queryParameters } from './operation.js';
import { type Json, ref } from './schemas.js';

const validators = { ETag: header('Of this content'), 'Last-Modified': header('When the planner changed it') };
const ifNoneMatch = headerParameter('If-None-Match', 'ETags the client has');
const unchanged: Json = { description: 'The client has it already' };
const cell = queryParameters(cellQuery);

const unreadable: readonly ProblemCode[] = [
  'malformed-json',
  'malformed-encoding',
  'empty-body',
  'invalid-parameter',
  'body-too-large',
  'unsupported-media-type',
  'unsupported-encoding',
  'validation',
];

/** While the store is filled, or Redis is away. */
const ofStore: readonly ProblemCode[] = ['not-ready', 'store-unreachable', 'store-unavailable'];

const recommendations: Json = {
  '/v1/recommendations': {
    get: {
      operationId: 'listRecommendations',
      tags: ['recommendations'],
      summary: 'Recommendations that match',
      description: 'Without parameters: those that are open, the greatest saving first.',
      parameters: [...queryParameters(recommendationQuery), ifNoneMatch],
      responses: {
        200: answer(
          'One page',
          ref('RecommendationPage'),
          { data: [recommendationExample] },
          { ETag: validators.ETag },
        ),
        304: unchanged,
        ...problemAnswers(['invalid-parameter', ...ofStore]),
      },
    },
  },
  '/v1/recommendations/{id}': {
    get: {
      operationId: 'getRecommendation',
      tags: ['recommendations'],
      summary: 'One recommendation with its reasons',
      parameters: [pathParameter('id', 'Of the recommendation', recommendationExample.id), ifNoneMatch],
      responses: {
        200: answer('The recommendation', ref('Recommendation'), recommendationExample, {
          ...validators,
          'Portolan-Trace': header('W3C `traceparent` of the planning step that made it so, where traces are taken'),
        }),
        304: unchanged,
        ...problemAnswers(['not-found', ...ofStore]),
      },
    },
  },
  '/v1/recommendations/{id}/decision': {
    post: {
      operationId: 'decide',
      tags: ['recommendations'],
      summary: 'Accept or reject a recommendation',
      description:
        'The answer is an event in the log; the next plan respects it. The first answer counts, and giving it again gives the same result.',
      parameters: [
        pathParameter('id', 'Of the recommendation', recommendationExample.id),
        headerParameter(
          'Idempotency-Key',
          'Any text of the client, new for each decision: a request repeated within a day has the same result',
        ),
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: ref('DecisionRequest'),
            example: { decision: 'accept', reason: decisionExample.reason, by: decisionExample.by },
          },
        },
      },
      responses: {
        202: answer('The log has the decision', ref('Decision'), decisionExample, {
          Location: header('The recommendation'),
        }),
        ...problemAnswers([
          'not-found',
          'conflict-superseded',
          'conflict-decided',
          'too-late',
          'idempotency-key-reused',
          ...ofStore,
          ...unreadable,
        ]),
      },
    },
  },
};

const shipments: Json = {
  '/v1/shipments': {
    get: {
      operationId: 'listShipments',
      tags: ['shipments'],
      summary: 'Shipments that match, by id',
      parameters: queryParameters(shipmentQuery),
      responses: {
        200: answer('One page', ref('ShipmentPage'), { data: [shipmentExample] }),
        ...problemAnswers(['invalid-parameter', ...ofStore]),
      },
    },
  },
  '/v1/shipments/{id}': {
    get: {
      operationId: 'getShipment',
      tags: ['shipments'],
      summary: 'One shipment: timeline, itinerary in force and planned, cost, emissions, risks',
      parameters: [
        pathParameter('id', 'Of the shipment; a slash in it is written %2F', shipmentExample.id),
        ...cell,
        ifNoneMatch,
      ],
      responses: {
        200: answer('The shipment', ref('Shipment'), shipmentExample, { ETag: validators.ETag }),
        304: unchanged,
        ...problemAnswers(['not-found', 'invalid-parameter', ...ofStore]),
      },
    },
  },
  '/v1/shipments/{id}/explanation': {
    get: {
      operationId: 'explainShipment',
      tags: ['shipments'],
      summary:
        'Why a shipment travels as it does: costs, what is full and what that is worth, the next best itineraries',
      description:
        'Told at the prices of the plan it names: the newest in which the shipment, or a recommendation for it, looked different.',
      parameters: [
        pathParameter('id', 'Of the shipment; a slash in it is written %2F', shipmentExample.id),
        ...queryParameters(explanationQuery),
        ifNoneMatch,
      ],
      responses: {
        200: answer('The explanation', ref('ShipmentExplanation'), explanationExample, { ETag: validators.ETag }),
        304: unchanged,
        ...problemAnswers(['not-found', 'invalid-parameter', ...ofStore]),
      },
    },
  },
};

const plans: Json = {
  '/v1/plans/current': {
    get: {
      operationId: 'getCurrentPlan',
      tags: ['plans'],
      summary: 'The newest plan, with prices and its proof (`portolan.plan/1`)',
      parameters: [...cell, ifNoneMatch],
      responses: {
        200: answer('The plan', ref('Plan'), planExample, {
          ...validators,
          'Portolan-Plan-Version': header('Counts the plans of the cell', { type: 'integer' }),
          'Portolan-Plan-Position': header('Place in the log of the newest event it knows', { type: 'integer' }),
          'Portolan-Plan-Now': header('The moment it was made for', { type: 'string', format: 'date-time' }),
        }),
        304: unchanged,
        ...problemAnswers(['no-plan-yet', 'invalid-parameter', ...ofStore]),
      },
    },
  },
};

const intakeAnswers: Json = {
  202: answer('The log has what is accepted', ref('Receipt'), receiptExample),
  ...problemAnswers([...unreadable, 'too-many-requests']),
};
const intakeParameters: Json[] = [
  {
    name: 'cell',
    in: 'query',
    description: "Planning cell of the events. Default: the header, then the service's own",
    schema: { type: 'string', pattern: '^[\\w.-]{1,100}$' },
  },
  headerParameter('X-Portolan-Cell', 'The same as a header'),
  headerParameter(
    'X-Portolan-Source',
    'Who or what sends it, such as the name of a file, percent-encoded: what is rejected can be found by it',
  ),
];

const formats = standards.flatMap(({ name, aliases }) => [name, ...aliases]);
const messageTypes = [...new Set(['application/json', ...standards.flatMap(({ contentTypes }) => contentTypes)])];

const intake: Json = {
  '/v1/events': {
    post: {
      operationId: 'sendEvents',
      tags: ['ingest'],
      summary:
        'CloudEvents of our own types: structured, batched or binary (attributes as `ce-` headers, data as body)',
      parameters: intakeParameters,
      requestBody: {
        required: true,
        content: {
          'application/cloudevents+json': { schema: ref('Event'), example: eventExample },
          'application/cloudevents-batch+json': {
            schema: { type: 'array', items: ref('Event') },
            example: [eventExample],
          },
          'application/json': { schema: {}, example: eventExample.data },
        },
      },
      responses: intakeAnswers,
    },
  },
  '/v1/messages': {
    post: {
      operationId: 'sendMessage',
      tags: ['ingest'],
      summary: 'A message of any known format: by `format`, by content type, or by what it looks like',
      parameters: [
        { name: 'format', in: 'query', description: 'The standard', schema: { type: 'string', enum: formats } },
        ...intakeParameters,
      ],
      requestBody: { required: true, content: Object.fromEntries(messageTypes.map((type) => [type, { schema: {} }])) },
      responses: intakeAnswers,
    },
  },
};

const { message: _message, ...rejectionInList } = rejectionExample;
const retriedExample = { accepted: 1, duplicates: 0, rejected: 0 };
const rejectionId = pathParameter('id', 'Of the rejection', rejectionExample.id);

const rejected: Json = {
  '/v1/rejected': {
    get: {
      operationId: 'listRejected',
      tags: ['ingest'],
      summary: 'What was rejected and not accepted since, the newest first',
      description:
        'A page may be short, even empty, and still have a `next`: where few of many fit, each request looks at some.',
      parameters: queryParameters(rejectionQuery),
      responses: {
        200: answer('One page', ref('RejectionPage'), { data: [rejectionInList] }),
        ...problemAnswers(['invalid-parameter', 'log-unreachable']),
      },
    },
  },
  '/v1/rejected/{id}': {
    get: {
      operationId: 'getRejected',
      tags: ['ingest'],
      summary: 'One rejection, with the message around the place',
      parameters: [rejectionId],
      responses: {
        200: answer('The rejection', ref('RejectionDetail'), rejectionExample),
        ...problemAnswers(['not-found', 'log-unreachable']),
      },
    },
  },
  '/v1/rejected/{id}/retry': {
    post: {
      operationId: 'retryRejected',
      tags: ['ingest'],
      summary: 'Reads the message again, with the adapters of today, and takes the item if it is right now',
      description:
        'As of the moment the message came in, and once: tried twice, it is there as if it had been tried once.',
      parameters: [rejectionId],
      responses: {
        200: answer('What became of it', ref('Retried'), {
          id: rejectionExample.id,
          status: 'resolved',
          ...retriedExample,
        }),
        ...problemAnswers(['not-found', 'log-unreachable']),
      },
    },
  },
  '/v1/rejected/retry': {
    post: {
      operationId: 'retryAllRejected',
      tags: ['ingest'],
      summary: 'Tries again what was rejected and is meant, in the order in which it was rejected',
      description: 'As many as one request has time for; `next` is the cursor of the others.',
      parameters: queryParameters(retryQuery),
      responses: {
        200: answer('What became of them', ref('RetriedAll'), { tried: 1, resolved: 1, ...retriedExample }),
        ...problemAnswers(['invalid-parameter', 'log-unreachable']),
      },
    },
  },
};

const link = { type: 'string', format: 'uri-reference' };

const service: Json = {
  '/': {
    get: {
      operationId: 'getService',
      tags: ['service'],
      summary: 'What this is and where to go',
      responses: {
        200: answer(
          'Name, version, links',
          {
            type: 'object',
            required: ['name', 'version', 'links'],
            properties: {
              name: { type: 'string' },
              version: { type: 'string' },
              links: { type: 'object', additionalProperties: link },
            },
          },
          { name: 'Portolan', version: '0.1.0', links: { recommendations: '/v1/recommendations' } },
        ),
        ...problemAnswers([]),
      },
    },
  },
  '/openapi.json': {
    get: {
      operationId: 'getOpenApi',
      tags: ['service'],
      summary: 'This document',
      responses: { 200: answer('OpenAPI 3.1', { type: 'object' }, { openapi: '3.1.1' }), ...problemAnswers([]) },
    },
  },
  '/health/live': {
    get: {
      operationId: 'isLive',
      tags: ['service'],
      summary: 'Does the process answer?',
      responses: { 200: answer('It does', { type: 'object' }, { status: 'live' }), ...problemAnswers([]) },
    },
  },
  '/health/ready': {
    get: {
      operationId: 'isReady',
      tags: ['service'],
      summary: 'Is everything there that it needs?',
      responses: {
        200: answer('It is', { type: 'object' }, { status: 'ready', checks: ['projection'] }),
        ...problemAnswers(['not-ready']),
      },
    },
  },
  '/metrics': {
    get: {
      operationId: 'getMetrics',
      tags: ['service'],
      summary: "Metrics in Prometheus' text format",
      responses: {
        200: { description: 'Metrics', content: { 'text/plain': { schema: { type: 'string' } } } },
        ...problemAnswers([]),
      },
    },
  },
};

/** Every path of the services, with its parameters, answers, problems and examples. */
const runId = pathParameter('id', 'Of the run, as the answer to its request has it', runExample.id);

const whatIf: Json = {
  '/v1/what-if': {
    get: {
      operationId: 'listWhatIf',
      tags: ['what-if'],
      summary: 'Runs that the log still has, the newest first',
      parameters: queryParameters(runQuery),
      responses: {
        200: answer('One page', ref('WhatIfRunPage'), { data: [runExample] }),
        ...problemAnswers(['invalid-parameter']),
      },
    },
    post: {
      operationId: 'requestWhatIf',
      tags: ['what-if'],
      summary: 'Compare the log with what would have been',
      description:
        'A scenario (`portolan.scenario/1`, docs/what-if.md) about the live log. What is wrong with it in itself is told at once; what does not fit the log, by the run.',
      parameters: [
        headerParameter(
          'Idempotency-Key',
          'Any text of the client, new for each request: the same scenario with the same key is the same run',
        ),
      ],
      requestBody: {
        required: true,
        content: {
          'application/yaml': { schema: { type: 'string' }, example: scenarioExample },
          'application/json': { schema: { type: 'object' } },
        },
      },
      responses: {
        202: answer('The log has the request', ref('WhatIfRun'), runExample, { Location: header('The run') }),
        ...problemAnswers(['idempotency-key-reused', ...unreadable]),
      },
    },
  },
  '/v1/what-if/{id}': {
    get: {
      operationId: 'getWhatIf',
      tags: ['what-if'],
      summary: 'How far a run is, and what it has come to',
      parameters: [runId],
      responses: {
        200: answer('The run', ref('WhatIfRun'), runExample, {
          'Retry-After': header('Seconds after which there may be more, while it goes on'),
        }),
        ...problemAnswers(['not-found']),
      },
    },
    delete: {
      operationId: 'cancelWhatIf',
      tags: ['what-if'],
      summary: 'End a run, and forget what it has come to',
      parameters: [runId],
      responses: { 204: { description: 'The log knows that it is cancelled' }, ...problemAnswers(['not-found']) },
    },
  },
  '/v1/what-if/{id}/report': {
    get: {
      operationId: 'getWhatIfReport',
      tags: ['what-if'],
      summary: 'The comparison of a finished run as a page with charts',
      parameters: [runId],
      responses: {
        200: { description: 'The page', content: { 'text/html': { schema: { type: 'string' } } } },
        ...problemAnswers(['not-found']),
      },
    },
  },
};

export const paths: Json = {
  ...recommendations,
  ...shipments,
  ...plans,
  ...whatIf,
  ...intake,
  ...rejected,
  ...service,
};
