import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { until } from '../testing/received.js';
import { describeWithServer } from '../testing/server.js';
import { openKafkaLog } from './kafka-log.js';
import type { KafkaClientName } from './options.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const program = fileURLToPath(new URL('../testing/consumer.ts', import.meta.url));
const BATCH = 10;

describeWithServer('PORTOLAN_TEST_KAFKA', (address) => {
  describe.each<KafkaClientName>(['kafkajs', 'platformatic'])('by %s', (client) => {
    it('members that are killed lose nothing and repeat only what they had not committed', async () => {
      const topic = `test-${randomUUID()}`;
      const log = await openKafkaLog({ brokers: [address], partitions: 4, client });
      await log.ends(topic);
      const members: Member[] = [];
      const join = () => {
        const member = new Member([client, address, topic, topic]);
        members.push(member);
        return member;
      };
      let appending = true;
      let appended = 0;
      const appender = (async () => {
        for (let i = 0; appending; i++) {
          const records = Array.from({ length: 8 }, (_, k) => ({ key: `cell-${k}`, value: `${i}` }));
          appended += (await log.append(topic, records)).length;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })();
      const handled = () => members.flatMap(({ records }) => records);
      const sees = (member: Member) => until(() => member.records.length > 50, 60_000);

      const first = join();
      await sees(first);
      const second = join();
      await sees(second);
      first.kill();
      const third = join();
      await sees(third);
      second.kill();
      third.kill();
      const last = join();
      await sees(last);
      appending = false;
      await appender;
      const places = () => new Set(handled().map(({ place }) => place));
      await until(() => places().size === appended, 60_000);
      await until(async () => (await log.lag(topic, topic)).every((lag) => lag === 0), 20_000);
      last.kill();
      await log.close();

      // Each of the three that were killed may have left one batch of each partition without its commit.
      expect(handled().length - appended).toBeLessThanOrEqual(3 * 4 * BATCH);
      for (const member of members) expect(member.skipped()).toEqual([]);
    }, 180_000);
  });
});

/** A process that reads in a group. */
class Member {
  readonly records: { readonly place: string; readonly partition: number; readonly offset: number }[] = [];
  private readonly process: ChildProcess;

  constructor(args: readonly string[]) {
    const loader = ['--conditions=@portolan/source', '--import', './tools/register.mjs'];
    this.process = spawn(process.execPath, [...loader, program, ...args], {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let rest = '';
    this.process.stdout!.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.take(line);
    });
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }

  /** Where it went on in a partition at another place than behind what it had handled, or before that. */
  skipped(): string[] {
    const next = new Map<number, number>();
    const gaps: string[] = [];
    for (const { partition, offset } of this.records) {
      const expected = next.get(partition);
      if (expected !== undefined && offset > expected) gaps.push(`${partition}: ${expected} to ${offset}`);
      next.set(partition, Math.max(expected ?? 0, offset + 1));
    }
    return gaps;
  }

  private take(line: string): void {
    if (line === 'joined') return;
    const [partition = '', offset = ''] = line.split(' ');
    this.records.push({ place: `${partition}/${offset}`, partition: Number(partition), offset: Number(offset) });
  }
}
