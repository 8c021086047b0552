import { canRunKafka } from '../../../tools/servers/servers.mjs';
import { Stage } from '../kills/stage.js';
import { suffer } from './outage.js';

const why = canRunKafka() ? '' : ' (skipped: no Java and Maven to run a broker that may be killed)';

/** `npm run check:outage` has all kinds with both clients, for a minute each. */
(canRunKafka() ? describe : describe.skip)(`while the broker is away${why}`, () => {
  it.each([
    ['platformatic', 'killed'],
    ['kafkajs', 'silent'],
  ] as const)(
    'senders are told to come again within seconds, and afterwards nothing is lost or doubled (%s, %s)',
    async (client, kind) => {
      const stage = await Stage.open({ client, partitions: 2, durable: false });
      try {
        const report = await suffer(stage, { kind, seconds: 10 });
        expect([report.lost, report.doubled]).toEqual([[], []]);
        expect(report.firstRefusal).toBeLessThan(10);
        expect(report.longestAnswer).toBeLessThan(10);
        expect(report.acceptedAgain).toBeLessThan(60);
      } finally {
        await stage.close();
      }
    },
    240_000,
  );
});
