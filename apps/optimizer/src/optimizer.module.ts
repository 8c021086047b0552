import { type DynamicModule, Module } from '@nestjs/common';
import { OPTIMIZER_OPTIONS, type OptimizerOptions } from './options.js';
import { OptimizerController } from './optimizer.controller.js';
import { WhatIfController } from './what-if/what-if.controller.js';

/** Keeps the best plan of every cell; reads `portolan.events`, writes `portolan.plans`; answers `portolan.what-if`. Needs the log's Nest transport. */
@Module({})
export class OptimizerModule {
  static register(options: OptimizerOptions): DynamicModule {
    return {
      module: OptimizerModule,
      controllers: [OptimizerController, WhatIfController],
      providers: [{ provide: OPTIMIZER_OPTIONS, useValue: options }],
    };
  }
}
