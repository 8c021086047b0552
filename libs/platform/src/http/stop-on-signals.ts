import type { Logger } from 'pino';

/**
 * Calls `stop` once at the first SIGINT or SIGTERM, then ends the process: with 0, or with 1 when stopping failed or took longer than
 * `patience` milliseconds (default 15 000). A second signal ends it at once.
 */
export function stopOnSignals(stop: () => Promise<void>, logger: Logger, patience = 15_000): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), patience).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => (logger.error({ err: error }, 'could not stop in order'), process.exit(1)),
    );
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
}
