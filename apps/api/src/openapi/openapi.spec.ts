import { eventData, parseEvent, planDocument, recommendation, rejectionDetail, shipmentView } from '@portolan/domain';
import { type ProblemCode, isProblemCode, problemType, problems } from '@portolan/platform';
import { readRequest } from '@portolan/replay';
import type { StoreErrorCode } from '@portolan/store';
import type { LogErrorCode } from '@portolan/streams';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Service } from '../testing/service.js';
import { shipmentExplanation } from '../shipments/explanation.js';
import {
  decisionExample,
  eventExample,
  explanationExample,
  planExample,
  recommendationExample,
  rejectionExample,
  runExample,
  scenarioExample,
  shipmentExample,
} from './examples.js';
import { runView } from '../what-if/view.js';
import { openApi } from './openapi.js';
import { decision } from './schemas.js';

type Operation = {
  operationId: string;
  parameters?: { name: string; in: string; example?: string }[];
  responses: Record<
    string,
    { content?: Record<string, { schema?: unknown; examples?: Record<string, { value: Record<string, unknown> }> }> }
  >;
};
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties: Record<string, { enum: string[] }>; oneOf: unknown[] }> };
}

const document = JSON.parse(JSON.stringify(openApi('0.1.0'))) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate({ ...structuredClone(document) });
    expect([valid, errors, validator.version]).toEqual([true, undefined, '3.1']);
  });

  it('resolves all its references', () => {
    const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name!);
    expect(names.filter((name) => !(name in document.components.schemas))).toEqual([]);
    expect(names).toContain('Recommendation');
  });

  it('has examples that are what the schemas say', () => {
    const pairs = [
      [recommendation, recommendationExample],
      [shipmentView, shipmentExample],
      [planDocument, planExample],
      [shipmentExplanation, explanationExample],
      [decision, decisionExample],
      [rejectionDetail, rejectionExample],
      [runView, runExample],
    ] as const;
    for (const [schema, example] of pairs) expect(schema.safeParse(example).error?.issues ?? []).toEqual([]);
    expect(readRequest(scenarioExample)).toEqual({ ok: true, value: { name: runExample.name } });
    const received = { ...eventExample, recordedtime: eventExample.time, partitionkey: 'antwerp' };
    expect(parseEvent(received)).toMatchObject({ ok: true });
  });

  it('knows every kind of event', () =>
    expect(document.components.schemas['Event']!.oneOf).toHaveLength(Object.keys(eventData).length));

  it('names the types of problems that there are, each with an example of its own', () => {
    const types = document.components.schemas['Problem']!.properties['type']!.enum;
    expect(types).toEqual((Object.keys(problems) as ProblemCode[]).map(problemType));
    for (const { operation } of operations)
      for (const [status, { content }] of Object.entries(operation.responses))
        for (const [code, { value }] of Object.entries(content?.['application/problem+json']?.examples ?? {}))
          expect([value['type'], String(value['status'])]).toEqual([`urn:portolan:problem:${code}`, status]);
  });

  it('has every operation once, with an answer that is right and problems', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations) {
      const statuses = Object.keys(operation.responses);
      expect(statuses).toEqual(expect.arrayContaining([expect.stringMatching(/^2/), '500', '503']));
    }
  });

  describe('and the service', () => {
    let service: Service;
    beforeAll(async () => {
      service = await Service.start();
    });
    afterAll(() => service.dispose());

    it('agree on what the document is', async () => {
      const { status, headers, json } = await service.get('/openapi.json');
      expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
      expect(json).toEqual(document);
    });

    const ofIngest = ['sendEvents', 'sendMessage', 'listRejected', 'getRejected', 'retryRejected', 'retryAllRejected'];
    const own = operations.filter(({ operation }) => ![...ofIngest, 'getMetrics'].includes(operation.operationId));
    it.each(own)('agree that there is $method $path', async ({ path, method, operation }) => {
      const address = path.replace('{id}', 'none');
      if (method === 'delete')
        return expect(Object.keys(operation.responses)).toContain(String(await service.delete(address)));
      const answer =
        method === 'get' ? await service.get(address) : await service.post(address, { decision: 'accept' });
      expect(Object.keys(operation.responses)).toContain(String(answer.status));
      if (answer.status === 404) expect(answer.json['detail']).not.toContain('There is nothing at');
    });

    it.each(own)('agree on the parameters of $method $path', async ({ path, operation }) => {
      const known = (operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name);
      if (known.length === 0) return;
      const answer = await service.get(`${path.replace('{id}', 'none')}?x=1`);
      expect(answer.json['detail']).toContain(`there are ${known.join(', ')}`);
    });

    it('agree on what is at the root', async () => {
      const { json } = await service.get('/');
      expect(json).toMatchObject({ name: 'Portolan', version: '0.1.0' });
      for (const link of Object.values(json['links'] as Record<string, string>))
        expect(document.paths).toHaveProperty([link]);
    });
  });
});

describe('the codes of errors', () => {
  it('of the log and the store are problems', () => {
    const log: Record<LogErrorCode, true> = {
      'log-unreachable': true,
      'log-refused': true,
      'log-record-too-large': true,
      'log-full': true,
      'log-in-use': true,
      'log-closed': true,
    };
    const store: Record<StoreErrorCode, true> = {
      'store-unreachable': true,
      'store-unavailable': true,
      'store-refused': true,
      'store-full': true,
      'store-closed': true,
    };
    for (const code of Object.keys({ ...log, ...store })) expect(isProblemCode(code)).toBe(true);
  });
});
