import { type DynamicModule, Module } from '@nestjs/common';
import { Decisions } from './decisions/decisions.js';
import { DecisionsController } from './decisions/decisions.controller.js';
import { RootController } from './openapi/root.controller.js';
import { API_OPTIONS, type ApiOptions } from './options.js';
import { PlansController } from './plans/plans.controller.js';
import { ProjectionController } from './projection/projection.controller.js';
import { Projection } from './projection/projection.js';
import { RecommendationsController } from './recommendations/recommendations.controller.js';
import { ShipmentsController } from './shipments/shipments.controller.js';
import { RunList } from './what-if/run-list.js';
import { WhatIfRuns } from './what-if/runs.js';
import { WhatIfController } from './what-if/what-if.controller.js';

/** Projects `portolan.plans` into the store and serves it. Needs the platform (`startHttp`) and the log's Nest transport. */
@Module({})
export class ApiModule {
  static register(options: ApiOptions): DynamicModule {
    return {
      module: ApiModule,
      controllers: [
        RootController,
        RecommendationsController,
        DecisionsController,
        ShipmentsController,
        PlansController,
        ProjectionController,
        WhatIfController,
      ],
      providers: [{ provide: API_OPTIONS, useValue: options }, Projection, Decisions, WhatIfRuns, RunList],
    };
  }
}
