import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { CLOCK, type Clock } from './clock.js';
import { HealthController } from './health/health.controller.js';
import { HealthChecks } from './health/health.js';
import { LOGGER } from './logging/logger.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { Metrics } from './metrics/metrics.js';

export interface Platform {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: HealthChecks;
}

/** What every service shares: `CLOCK`, `LOGGER`, `Metrics` and `HealthChecks`, for all modules; `/health/*` and `/metrics`. */
@Module({})
export class PlatformModule {
  static register({ clock, logger, metrics, health }: Platform): DynamicModule {
    const providers = [
      { provide: CLOCK, useValue: clock },
      { provide: LOGGER, useValue: logger },
      { provide: Metrics, useValue: metrics },
      { provide: HealthChecks, useValue: health },
    ];
    const controllers = [HealthController, MetricsController];
    return { module: PlatformModule, global: true, providers, controllers, exports: providers };
  }
}
