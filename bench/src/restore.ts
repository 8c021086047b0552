import { parseArgs } from 'node:util';
import { type EventLog, openEmbeddedLog, openKafkaLog } from '@portolan/streams';
import { syntheticHinterland } from '@portolan/synthetic';
import { removeFolder, startKafka, stopProcess, temporaryFolder } from '../../tools/servers/servers.mjs';
import { whole } from './options.js';
import { aboutRun, writePage } from './page.js';
import { type RestoreFigures, restorePage } from './restore-report.js';
import { type CellStory, takeover } from './takeover.js';

// npm run bench:restore [-- --sizes N,N --tails N,N --live --out FOLDER]: how long an optimizer that takes over a cell of so many shipments needs to
// have its state: from the first event, and from a snapshot and so many events after it, on the embedded log and on Kafka (a broker of its own). With
// --live the cell is planned, too, on Kafka with the shortest tail: from nothing, which takes minutes for 20 000 shipments, and after the takeover.
const args = process.argv.slice(2);
const { values } = parseArgs({
  args,
  options: {
    sizes: { type: 'string', default: '300,3000,20000' },
    tails: { type: 'string', default: '50,5000' },
    live: { type: 'boolean', default: false },
    out: { type: 'string', default: 'docs' },
  },
});
const sizes = values.sizes.split(',').map((size) => whole('sizes', size));
const tails = values.tails.split(',').map((tail) => whole('tails', tail));

/** Calls `work` with a log that nobody has used. */
const logs: Record<string, <T>(work: (log: EventLog) => Promise<T>) => Promise<T>> = {
  embedded: async (work) => {
    const directory = temporaryFolder('bench-restore');
    const log = await openEmbeddedLog({ directory });
    return work(log)
      .finally(() => log.close())
      .finally(() => removeFolder(directory));
  },
  Kafka: async (work) => {
    const broker = await startKafka();
    const log = await openKafkaLog({ brokers: [broker.address] });
    return work(log)
      .finally(() => log.close())
      .finally(() => stopProcess(broker));
  },
};

/** What leads to the problem, up to the first tick of the clock, and what happens then. */
const story = (shipments: number, most: number): CellStory => {
  const events = [...syntheticHinterland({ shipments, seed: 1 }).events()];
  const opening = events.findIndex(({ type }) => type === 'org.portolan.clock.ticked') + 1;
  const tail = events.slice(opening, -1).slice(0, most);
  return { before: events.slice(0, opening), tail, next: events[opening + tail.length]! };
};

const figures: RestoreFigures[] = [];
for (const shipments of sizes)
  for (const most of tails) {
    const told = story(shipments, most);
    for (const [log, within] of Object.entries(logs)) {
      const planning = values.live && log === 'Kafka' && most === Math.min(...tails);
      const measured = await within((opened) => takeover(opened, told, planning));
      figures.push({ shipments, log, events: told.before.length, tail: told.tail.length, ...measured });
      console.error(JSON.stringify(figures.at(-1)));
    }
  }
await writePage(values.out, 'benchmarks-restore.md', restorePage(figures, aboutRun('bench:restore', args)));
