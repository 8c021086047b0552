import { Metrics } from '../metrics/metrics.js';
import { type HealthCheck, HealthChecks } from './health.js';
import { watchLog } from './log-health.js';

const lag = (records: number, partition = 0) => ({ group: 'optimizer', topic: 'portolan.events', partition, records });

describe('a service that reads the log', () => {
  let health: HealthChecks;
  let lags: ReturnType<typeof lag>[] | undefined;
  let reach: HealthCheck;
  beforeEach(() => {
    health = new HealthChecks();
    reach = async () => {};
    lags = undefined;
    const log = { reach: () => reach(), lags: async () => lags, readyLag: 100 };
    watchLog({ health, metrics: new Metrics() }, log);
  });
  const faults = async () => (await health.faults()).map(({ pointer, message }) => `${pointer} ${message}`);

  it('is not ready before it reads, nor before it has caught up, and says how far it is', async () => {
    expect(await faults()).toEqual(['/checks/caught-up has not begun to read the log']);
    lags = [lag(7), lag(4000, 1), lag(500, 2)];
    expect(await faults()).toEqual(['/checks/caught-up portolan.events/1 is 4000 records behind, ready at 100']);
    lags = [lag(100)];
    expect(await faults()).toEqual([]);
  });

  it('stays ready when it falls behind later: taken out of use, it would leave the others with more', async () => {
    lags = [lag(0)];
    await faults();
    lags = [lag(9000)];
    expect(await faults()).toEqual([]);
  });

  it('is ready with no partition: there are more of its kind than partitions', async () => {
    lags = [];
    expect(await faults()).toEqual([]);
  });

  it('is not ready while the log cannot be reached, also later, and says so without an address', async () => {
    lags = [];
    await faults();
    reach = () => Promise.reject(Object.assign(new Error('no answer at 10.0.0.7'), { code: 'log-unreachable' }));
    expect(await faults()).toEqual(['/checks/log failed: The log cannot be reached']);
  });
});
