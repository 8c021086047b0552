import { type DynamicModule, Module } from '@nestjs/common';
import { API_OPTIONS, type ApiOptions } from './options.js';
import { PlansController } from './plans.controller.js';
import { ProjectionController } from './projection.controller.js';
import { RecommendationsController } from './recommendations/recommendations.controller.js';
import { RootController } from './root.controller.js';
import { ShipmentsController } from './shipments/shipments.controller.js';

/** Projects `portolan.plans` into the store and serves it. Needs the log's Nest transport. */
@Module({})
export class ApiModule {
  static register(options: ApiOptions): DynamicModule {
    return {
      module: ApiModule,
      controllers: [
        RootController,
        RecommendationsController,
        ShipmentsController,
        PlansController,
        ProjectionController,
      ],
      providers: [{ provide: API_OPTIONS, useValue: options }],
    };
  }
}
