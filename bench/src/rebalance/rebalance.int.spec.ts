import { canRunKafka } from '../../../tools/servers/servers.mjs';
import { rebalance } from './rebalance.js';

const why = canRunKafka() ? '' : ' (skipped: no Java and Maven to run a broker of its own)';

/** `npm run check:rebalance` is the whole of it. */
(canRunKafka() ? it : it.skip)(
  `cells go on without a gap or a repetition while optimizers come and are killed${why}`,
  async () => {
    const options = { cells: 4, optimizers: 2, shipments: 8, intervalMs: 1000, snapshotEvents: 5 };
    const { changes, takeovers, verdicts } = await rebalance({ ...options, client: 'platformatic' }, () => {});
    expect(verdicts.flatMap(({ faults }) => faults)).toEqual([]);
    for (const change of changes.slice(1))
      expect([change.what, takeovers.filter((each) => each.change === change).length]).toEqual([change.what, 2]);
    expect(Math.max(...takeovers.map(({ ms }) => ms))).toBeLessThan(10_000);
  },
  180_000,
);
