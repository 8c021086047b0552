import { Service } from '../kills/service.js';

/** Ingest as a process of its own, on a broker, and senders that are never short of messages. */
export class Intake {
  private constructor(private readonly service: Service) {}

  static async open(broker: string, partitions: number): Promise<Intake> {
    const service = new Service('ingest', {
      PORTOLAN_LOG: 'kafka',
      PORTOLAN_KAFKA_BROKERS: broker,
      PORTOLAN_KAFKA_PARTITIONS: `${partitions}`,
    });
    const intake = new Intake(service);
    try {
      await service.start();
      await service.ready();
      return intake;
    } catch (error) {
      await intake.close();
      throw error;
    }
  }

  /** Sends all messages, so many at once, each into one of the cells in turn; gives the milliseconds until the last is accepted. */
  async sendAll(messages: readonly string[], cells: readonly string[], atOnce: number): Promise<number> {
    const waiting = messages.map((body, index) => ({ body, cell: cells[index % cells.length]! }));
    const began = performance.now();
    const send = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await this.send(next.body, next.cell);
    };
    await Promise.all(Array.from({ length: atOnce }, send));
    return performance.now() - began;
  }

  close(): Promise<void> {
    return this.service.stop();
  }

  private async send(body: string, cell: string): Promise<void> {
    const headers = { 'content-type': 'application/cloudevents-batch+json' };
    const answer = await this.service.request(`/v1/events?cell=${cell}`, { method: 'POST', headers, body });
    const text = await answer.text();
    if (answer.status !== 202 || !text.endsWith('"duplicates":[],"rejected":[]}'))
      throw new Error(`ingest answered ${answer.status}: ${text.slice(-300)}`);
  }
}
