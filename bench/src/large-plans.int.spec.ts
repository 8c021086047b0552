import { ConfigResourceTypes, Kafka, logLevel } from 'kafkajs';
import { planningHere } from '@portolan/cells';
import type { PortolanEvent } from '@portolan/domain';
import { encodeEvent } from '@portolan/formats';
import { OptimizerModule } from '@portolan/optimizer';
import { HealthChecks, Metrics, createLogger, startHttp } from '@portolan/platform';
import {
  type EventLog,
  EventLogTransport,
  type KafkaClientName,
  connectLog,
  openKafkaLog,
  topics,
} from '@portolan/streams';
import { syntheticHinterland } from '@portolan/synthetic';
import { canRunKafka, startKafka, stopProcess } from '../../tools/servers/servers.mjs';
import { until } from './patience.js';

const why = canRunKafka() ? '' : ' (skipped: no Java and Maven to run a broker of its own)';
const clients: readonly KafkaClientName[] = ['kafkajs', 'platformatic'];

/** Enough for the plan of a cell where nothing is, and not for that of some dozen shipments. */
const LITTLE = 8_000;
const limit = (bytes: number) => ({ name: 'max.message.bytes', value: String(bytes) });

const story = [...syntheticHinterland({ shipments: 60, seed: 1 }).events()];
const tick = (cell: string, hour: number): PortolanEvent => {
  const last = story.findLast(({ type }) => type === 'org.portolan.clock.ticked')!;
  const now = new Date(Date.parse(story.at(-1)!.recordedtime) + hour * 3_600_000).toISOString();
  return {
    ...last,
    id: `${cell}/${hour}`,
    partitionkey: cell,
    time: now,
    recordedtime: now,
    data: { now },
  } as PortolanEvent;
};

(canRunKafka() ? describe : describe.skip)(
  `an optimizer on a broker whose portolan.plans was made before${why}`,
  () => {
    let broker: Awaited<ReturnType<typeof startKafka>>;
    beforeEach(async () => {
      broker = await startKafka();
    }, 120_000);
    afterEach(() => stopProcess(broker), 60_000);

    it.each(clients)(
      'by %s: plans what the log takes, says what it does not take, and publishes that once it does',
      async (client) => {
        const admin = new Kafka({ brokers: [broker.address], logLevel: logLevel.NOTHING }).admin();
        await admin.connect();
        const configEntries = [limit(LITTLE)];
        await admin.createTopics({
          waitForLeaders: true,
          topics: [{ topic: topics.plans, numPartitions: 1, configEntries }],
        });
        const optimizer = await started(broker.address, client);
        const { log, told } = optimizer;
        const published = async () => (await log.read(topics.plans, 0, 0, 100)).map(({ key }) => key);
        const tell = (...events: PortolanEvent[]) => log.append(topics.events, events.map(encodeEvent));

        await tell(...story.map((event) => ({ ...event, partitionkey: 'large' })), tick('small', 1));
        await until(async () => (await published()).includes('small'), {
          seconds: 30,
          what: 'the plan of the small cell',
        });
        expect(await published()).not.toContain('large');
        expect(told.join('')).toMatch(
          new RegExp(`A record for portolan.plans, key large, has \\d{5} bytes; the topic takes ${LITTLE} at most`),
        );

        const resources = [{ type: ConfigResourceTypes.TOPIC, name: topics.plans, configEntries: [limit(1_000_000)] }];
        await admin.alterConfigs({ validateOnly: false, resources });
        await tell(tick('large', 2));
        await until(async () => (await published()).includes('large'), {
          seconds: 30,
          what: 'the plan of the large cell',
        });
        await optimizer.close();
        await admin.disconnect();
      },
      90_000,
    );
  },
);

async function started(address: string, client: KafkaClientName) {
  const told: string[] = [];
  const logger = createLogger({ level: 'error', name: 'test', to: { write: (line) => void told.push(line) } });
  const log: EventLog = await openKafkaLog({ brokers: [address], client, partitions: 1, onWarning: () => {} });
  const module = OptimizerModule.register({ log, planner: planningHere() });
  const [health, metrics] = [new HealthChecks(), new Metrics()];
  const http = await startHttp(module, { port: 0, host: '127.0.0.1', bodyLimit: 1024, logger, health, metrics });
  await connectLog(http.app, new EventLogTransport(log, { group: 'optimizer', from: 'beginning' }));
  const close = async () => {
    await http.close();
    await log.close();
  };
  return { log, told, close };
}
