import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ProblemError } from '../problems/problem-error.js';
import { HealthChecks } from './health.js';

@Controller('health')
export class HealthController {
  constructor(@Inject(HealthChecks) private readonly health: HealthChecks) {}

  /** The process runs and answers. */
  @Get('live')
  @Header('cache-control', 'no-store')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** Everything it needs is there; else 503, and what is missing. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(): Promise<{ status: 'ready'; checks: readonly string[] }> {
    const errors = await this.health.faults();
    if (errors.length === 0) return { status: 'ready', checks: this.health.names };
    const detail = errors.map(({ pointer, message }) => `${pointer.slice('/checks/'.length)}: ${message}`).join('; ');
    throw new ProblemError('not-ready', detail, { errors, headers: { 'retry-after': '1' } });
  }
}
