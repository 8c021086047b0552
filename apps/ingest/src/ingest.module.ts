import { type DynamicModule, Inject, Module, type NestModule } from '@nestjs/common';
import { AisSources } from './ais/ais-sources.js';
import { IngestController } from './http/ingest.controller.js';
import { RejectedController } from './http/rejected.controller.js';
import { RawBodies } from './http/raw-bodies.js';
import { LOGGER, type Logger, Metrics } from '@portolan/platform';
import { Intake } from './intake/intake.js';
import { intakeReports } from './intake/report.js';
import { promptly } from '@portolan/streams';
import { Rejections } from './rejected/rejections.js';
import { INGEST_OPTIONS, type IngestOptions, settingsOf } from './settings.js';

/** Takes messages in over HTTP and puts them into the log. For Nest on Fastify. */
@Module({})
export class IngestModule implements NestModule {
  constructor(@Inject(RawBodies) private readonly bodies: RawBodies) {}

  /** Nest calls this before it makes the routes, which is when Fastify has to know. */
  configure(): void {
    this.bodies.install();
  }

  static register(options: IngestOptions): DynamicModule {
    const settings = settingsOf(options);
    const { log, clock, mappings, logPatience, read } = settings;
    const now = () => clock.now();
    return {
      module: IngestModule,
      controllers: [IngestController, RejectedController],
      providers: [
        { provide: INGEST_OPTIONS, useValue: settings },
        {
          provide: Intake,
          useFactory: (logger?: Logger, metrics?: Metrics) =>
            new Intake(promptly(log, logPatience), now, { mappings, read, onTaken: intakeReports(logger, metrics) }),
          inject: [
            { token: LOGGER, optional: true },
            { token: Metrics, optional: true },
          ],
        },
        { provide: Rejections, useValue: new Rejections(log, now, { mappings, read }) },
        RawBodies,
        AisSources,
      ],
      exports: [Intake],
    };
  }
}
