import { type DynamicModule, Module } from '@nestjs/common';
import { ApiModule } from '@portolan/api';
import { IngestModule, type IngestOptions } from '@portolan/ingest';
import type { Planner } from '@portolan/cells';
import { OptimizerModule, type OptimizerOptions } from '@portolan/optimizer';
import type { Clock } from '@portolan/platform';
import type { ReadModel } from '@portolan/store';
import type { EventLog } from '@portolan/streams';

export interface Parts {
  readonly log: EventLog;
  readonly store: ReadModel;
  readonly clock: Clock;
  readonly cell: string;
  readonly historyDays: number;
  readonly planner: Planner;
  readonly saving: NonNullable<OptimizerOptions['saving']>;
  readonly mappings: IngestOptions['mappings'];
  readonly bodyLimit: number;
  readonly aisSources: readonly string[];
  readonly aisInterval: number;
}

@Module({})
class Services {}

/** Ingest, optimizer and api as one module. */
export const servicesOf = ({ store, planner, saving, historyDays, ...ingest }: Parts): DynamicModule => ({
  module: Services,
  imports: [
    IngestModule.register(ingest),
    OptimizerModule.register({ log: ingest.log, planner, saving }),
    ApiModule.register({ log: ingest.log, store, clock: ingest.clock, cell: ingest.cell, historyDays }),
  ],
});
