import { createRequire } from 'node:module';
import { Controller, Get } from '@nestjs/common';
import { openApi } from './openapi.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

@Controller()
export class RootController {
  @Get()
  root(): object {
    const links = {
      openapi: '/openapi.json',
      recommendations: '/v1/recommendations',
      shipments: '/v1/shipments',
      plan: '/v1/plans/current',
      health: '/health/ready',
    };
    return { name: 'Portolan', version, links };
  }

  @Get('openapi.json')
  document(): object {
    return openApi(version);
  }
}
