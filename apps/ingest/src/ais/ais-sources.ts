import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  Optional,
} from '@nestjs/common';
import { LOGGER, type Logger, Metrics } from '@portolan/platform';
import { Intake } from '../intake/intake.js';
import { INGEST_OPTIONS, type IngestSettings } from '../settings.js';
import { AisSource, type Counted } from './source.js';

/** How often it is told what became of the sentences. */
const REPORT_EVERY = 60_000;

/** Reads the AIS sources of the configuration for as long as the service is up. */
@Injectable()
export class AisSources implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private sources: readonly AisSource[] = [];
  private readonly counts = new Map<string, Map<string, number>>();
  private reporting: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Intake) private readonly intake: Intake,
    @Inject(INGEST_OPTIONS) private readonly settings: IngestSettings,
    @Optional() @Inject(LOGGER) private readonly logger?: Logger,
    @Optional() @Inject(Metrics) private readonly metrics?: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    this.sources = this.settings.aisSources.map((address) => this.sourceAt(address));
    if (this.sources.length > 0) this.reporting = setInterval(() => this.report(), REPORT_EVERY).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.reporting);
    await Promise.all(this.sources.map((source) => source.stop()));
    this.report();
  }

  private sourceAt(address: string): AisSource {
    const { aisInterval, cell, clock } = this.settings;
    const source = `ais://${address}`;
    const headers = { 'content-type': 'text/plain', 'x-portolan-source': source };
    this.metrics?.ingest.aisConnected.set({ source }, 0);
    return new AisSource({
      address,
      interval: aisInterval * 1000,
      now: () => clock.now(),
      take: (text) => this.intake.take({ body: Buffer.from(`${text}\n`), headers, format: 'ais', cell }),
      count: (counted) => this.count(source, counted),
      onConnected: () => {
        this.metrics?.ingest.aisConnected.set({ source }, 1);
        this.logger?.info({ source }, 'connected to an AIS source');
      },
      onLost: (why, again) => {
        this.metrics?.ingest.aisConnected.set({ source }, 0);
        this.logger?.warn({ source, why, againInSeconds: again / 1000 }, 'no connection to an AIS source');
      },
      onRefused: (err, givenUp) =>
        this.logger?.error(
          { err, source },
          `the log did not take sentences of an AIS source: ${givenUp ? 'they are lost' : 'they are offered again'}`,
        ),
    });
  }

  private count(source: string, { outcome, reason = '', sentences }: Counted): void {
    this.metrics?.ingest.aisSentences.inc({ source, outcome, reason }, sentences);
    const counts = this.counts.get(source) ?? new Map<string, number>();
    const name = reason === '' ? outcome : `${outcome}: ${reason}`;
    this.counts.set(source, counts.set(name, (counts.get(name) ?? 0) + sentences));
  }

  /** What became of the sentences since the report before. */
  private report(): void {
    for (const [source, counts] of this.counts)
      this.logger?.info({ source, ...Object.fromEntries(counts) }, 'sentences of an AIS source');
    this.counts.clear();
  }
}
