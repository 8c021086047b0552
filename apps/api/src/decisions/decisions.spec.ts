import { type Recommendation, decisionEvent } from '@portolan/domain';
import { decision } from '../openapi/schemas.js';
import { publish, recommendationOf, stepOf } from '../testing/publications.js';
import { Service } from '../testing/service.js';

describe('the decision on a recommendation', () => {
  let service: Service;
  let version: number;
  beforeEach(async () => {
    service = await Service.start();
    version = 0;
    await project(
      recommendationOf('one'),
      recommendationOf('two'),
      recommendationOf('endless', { decideBy: undefined }),
    );
  });
  afterEach(() => service.dispose());

  const project = async (...recommendations: Recommendation[]) => {
    await publish(service.log, stepOf(++version, { recommendations }));
    await service.settled();
  };
  const decide = (id: string, body: unknown, headers: Record<string, string> = {}) =>
    service.post(`/v1/recommendations/${id}/decision`, body, headers);
  const accept = { decision: 'accept', by: 'ada', reason: 'the customer agrees' };

  it('is an event in the log that carries what was proposed, when it is answered', async () => {
    const answer = await decide('one', accept);
    expect([answer.status, answer.json]).toEqual([
      202,
      { recommendation: 'one', ...accept, at: '2026-03-05T07:00:00Z', event: 'decision/one/accept' },
    ]);
    expect(decision.safeParse(answer.json).success).toBe(true);
    expect(answer.headers.get('location')).toBe('/v1/recommendations/one');
    const answered = {
      decision: 'accept',
      by: 'ada',
      reason: 'the customer agrees',
      at: '2026-03-05T07:00:00Z',
    } as const;
    expect(await service.events()).toEqual([
      { ...decisionEvent(recommendationOf('one'), answered), datacontenttype: 'application/json' },
    ]);
  });

  it('given again is the one that was given before, whoever gives it', async () => {
    const first = await decide('one', accept);
    service.clock.time += 60_000;
    const again = await decide('one', { decision: 'accept', by: 'grace' });
    expect([again.status, again.json]).toEqual([202, first.json]);
    expect(await service.events()).toHaveLength(1);
  });

  it('given again is the same once the planner respects it, and after a restart', async () => {
    const first = await decide('one', { decision: 'reject', reason: 'no' });
    const { by, reason, at } = first.json as { by: string; reason: string; at: string };
    await service.restart();
    expect((await decide('one', { decision: 'reject' })).json).toEqual(first.json);
    await project(recommendationOf('one', { status: 'rejected', decision: { decision: 'reject', by, reason, at } }));
    expect((await decide('one', { decision: 'reject' })).json).toEqual(first.json);
    expect(await service.events()).toHaveLength(1);
  });

  it('cannot be contradicted: the first answer counts', async () => {
    await decide('one', accept);
    const contrary = await decide('one', { decision: 'reject' });
    expect([contrary.status, contrary.json['code'], contrary.json['detail']]).toEqual([
      409,
      'conflict-decided',
      'one was accepted by ada at 2026-03-05T07:00:00Z. The first answer counts.',
    ]);
    const known = { decision: 'accept', by: 'ada', at: '2026-03-05T07:00:00Z' } as const;
    await project(recommendationOf('one', { status: 'accepted', decision: known }));
    expect((await decide('one', { decision: 'reject' })).json).toMatchObject({
      code: 'conflict-decided',
      decision: known,
    });
    expect(await service.events()).toHaveLength(1);
  });

  it('is one, when people answer differently at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        decide('one', { decision: index % 2 === 0 ? 'accept' : 'reject', by: `p${index}` }),
      ),
    );
    const events = await service.events();
    expect(events).toHaveLength(1);
    const taken = answers.filter(({ status }) => status === 202);
    expect(taken).toHaveLength(10);
    expect(new Set(taken.map(({ json }) => JSON.stringify(json))).size).toBe(1);
    expect(taken[0]!.json['event']).toBe(events[0]!.id);
    expect(answers.filter(({ json }) => json['code'] === 'conflict-decided')).toHaveLength(10);
  });

  it('has the same result for the same idempotency key, whatever happened since', async () => {
    const key = { 'idempotency-key': 'b7e1-1' };
    const first = await decide('one', accept, key);
    await project(
      recommendationOf('one', { status: 'superseded', statusReason: 'the itineraries in force are the best again' }),
    );
    await service.restart();
    expect((await decide('one', accept, key)).json).toEqual(first.json);
    expect((await decide('one', accept)).json['code']).toBe('conflict-superseded');
  });

  it('does not take a key for another decision', async () => {
    const key = { 'idempotency-key': 'b7e1-1' };
    await decide('one', accept, key);
    for (const [id, body] of [
      ['two', accept],
      ['one', { ...accept, decision: 'reject' }],
    ] as const) {
      const answer = await decide(id, body, key);
      expect([answer.status, answer.json['code']]).toEqual([422, 'idempotency-key-reused']);
    }
    expect((await decide('two', accept, { 'idempotency-key': 'x'.repeat(256) })).json['code']).toBe(
      'invalid-parameter',
    );
    expect(await service.events()).toHaveLength(1);
  });

  it.each(['superseded', 'expired'] as const)('is refused when it is %s, and told why', async (status) => {
    await project(recommendationOf('one', { status, statusReason: 'replaced by two: the best plan has changed' }));
    const answer = await decide('one', accept);
    expect([answer.status, answer.json['type']]).toEqual([409, 'urn:portolan:problem:conflict-superseded']);
    expect(answer.json).toMatchObject({
      detail: `one is ${status}: replaced by two: the best plan has changed.`,
      recommendationStatus: status,
    });
  });

  it('is refused from its decide-by on', async () => {
    service.clock.time = Date.UTC(2026, 2, 5, 12);
    const answer = await decide('one', accept);
    expect([answer.status, answer.json['code'], answer.json['detail']]).toEqual([
      409,
      'too-late',
      'one had to be decided by 2026-03-05T12:00:00Z; it is 2026-03-05T12:00:00Z now.',
    ]);
    service.clock.time -= 1;
    expect((await decide('one', accept)).status).toBe(202);
    expect((await decide('endless', accept)).status).toBe(202);
  });

  it("goes by the planner's now, when that is ahead of this machine's clock", async () => {
    await publish(service.log, stepOf(++version, { now: '2026-03-05T12:30:00Z' }));
    await service.settled();
    expect((await decide('one', accept)).json['code']).toBe('too-late');
    expect((await decide('endless', accept)).json['at']).toBe('2026-03-05T12:30:00Z');
  });

  it.each([
    ['{"decision":"accept",}', 400, 'malformed-json'],
    ['', 400, 'empty-body'],
    ['[]', 422, 'validation'],
    ['null', 422, 'validation'],
    [{}, 422, 'validation'],
    [{ decision: 'maybe' }, 422, 'validation'],
    [{ decision: 'accept', colour: 'red' }, 422, 'validation'],
    [{ decision: 'accept', reason: 'x'.repeat(1001) }, 422, 'validation'],
    [{ decision: 'accept', by: 7 }, 422, 'validation'],
  ])('of %j is refused', async (body, status, code) => {
    const answer = await decide('one', body);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    expect(await service.events()).toEqual([]);
  });

  it('names every place that is wrong', async () => {
    const answer = await decide('one', { decision: 'yes', reason: 1, when: 'now' });
    expect(answer.json['errors']).toEqual([
      { pointer: '/decision', value: 'yes', message: 'must be accept or reject' },
      { pointer: '/reason', value: 1, message: expect.any(String) as string },
      { pointer: '/when', value: 'now', message: 'is not a known field' },
    ]);
  });

  it('is JSON, about a recommendation there is', async () => {
    expect(
      (await decide('one', 'decision=accept', { 'content-type': 'application/x-www-form-urlencoded' })).status,
    ).toBe(415);
    expect((await decide('none', accept)).json['code']).toBe('not-found');
    expect((await service.get('/v1/recommendations/one/decision')).headers.get('allow')).toBe('POST');
  });
});
