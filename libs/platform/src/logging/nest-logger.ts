import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own messages in the service's log: its start-up chatter at debug. The last parameter of each is Nest's context. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown, ...more: unknown[]) => logger.debug({ nest: more.at(-1) }, textOf(message)),
  error: (message: unknown, ...more: unknown[]) =>
    logger.error({ nest: more.at(-1), ...(message instanceof Error && { err: message }) }, textOf(message)),
  warn: (message: unknown, ...more: unknown[]) => logger.warn({ nest: more.at(-1) }, textOf(message)),
  debug: (message: unknown, ...more: unknown[]) => logger.trace({ nest: more.at(-1) }, textOf(message)),
  verbose: (message: unknown, ...more: unknown[]) => logger.trace({ nest: more.at(-1) }, textOf(message)),
  fatal: (message: unknown, ...more: unknown[]) => logger.fatal({ nest: more.at(-1) }, textOf(message)),
});

const textOf = (message: unknown): string => (typeof message === 'string' ? message : String(message));
