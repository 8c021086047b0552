import { createRequire } from 'node:module';
import { Controller, Get, Header } from '@nestjs/common';
import { openApi } from './openapi.js';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

@Controller()
export class RootController {
  private document: string | undefined;

  @Get()
  root(): object {
    const links = {
      openapi: '/openapi.json',
      recommendations: '/v1/recommendations',
      shipments: '/v1/shipments',
      plan: '/v1/plans/current',
      health: '/health/ready',
      metrics: '/metrics',
    };
    return { name: 'Portolan', version, links };
  }

  @Get('openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  openapi(): string {
    return (this.document ??= JSON.stringify(openApi(version)));
  }
}
