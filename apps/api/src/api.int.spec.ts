import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openRedisReadModel } from '@portolan/store';
import { openKafkaLog } from '@portolan/streams';
import { publish, recommendationOf, stepOf } from './testing/publications.js';
import { type Answer, Service } from './testing/service.js';

const kafka = process.env['PORTOLAN_TEST_KAFKA'];
const redis = process.env['PORTOLAN_TEST_REDIS'];
const present = kafka !== undefined && redis !== undefined;
const withServers = present || process.env['CI'] === 'true' ? describe : describe.skip;

withServers(
  `the api on Kafka and Redis${present ? '' : ' (needs PORTOLAN_TEST_KAFKA and PORTOLAN_TEST_REDIS: node tools/servers/run.mjs npm run test:int)'}`,
  () => {
    const cell = `cell-${randomUUID()}`;
    const [one, two] = [`one-${cell}`, `two-${cell}`];
    let service: Service;

    beforeAll(async () => {
      service = await Service.start({
        openLog: () => openKafkaLog({ brokers: [kafka!], partitions: 3 }),
        openStore: () => openRedisReadModel({ url: `redis://${redis}`, prefix: cell }),
        cell,
      });
    });
    afterAll(() => service.dispose());

    const project = (version: number, id: string, status: 'open' | 'accepted' = 'open') =>
      publish(service.log, stepOf(version, { cell, recommendations: [recommendationOf(id, { cell, status })] }));
    /** A service that was just started says for a moment that it is not ready. */
    const idsOf = ({ json }: Answer) => ((json['data'] ?? []) as { id: string }[]).map(({ id }) => id);
    const until = async (query: string, ids: readonly string[]) => {
      for (let patience = 300; patience > 0; patience--) {
        if (idsOf(await service.get(`/v1/recommendations${query}`)).join() === ids.join()) return;
        await pause(100);
      }
      expect(idsOf(await service.get(`/v1/recommendations${query}`))).toEqual(ids);
    };

    it('shows what is published, takes one answer, and goes on after a restart', async () => {
      await project(1, one);
      await until('', [one]);
      const answers = await Promise.all(
        ['accept', 'accept', 'reject'].map((decision) =>
          service.post(`/v1/recommendations/${one}/decision`, { decision }),
        ),
      );
      const [taken] = answers.filter(({ status }) => status === 202);
      const again = await service.post(`/v1/recommendations/${one}/decision`, { decision: taken!.json['decision'] });
      expect(again.json).toEqual(taken!.json);
      await service.restart();
      await project(2, two);
      await project(3, one, 'accepted');
      await until('', [two]);
      await until('?status=accepted', [one]);
    });

    it('fills an emptied store from the log', async () => {
      await service.store.clear();
      await service.restart();
      await until('?status=open,accepted', [one, two]);
    });
  },
);
