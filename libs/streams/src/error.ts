/** What can go wrong with a log that is not the program's fault. `docs/errors.md` lists the codes. */
export type LogErrorCode =
  'log-unreachable' | 'log-refused' | 'log-record-too-large' | 'log-full' | 'log-in-use' | 'log-closed';

/** Stable code, whether to try again, and a message that names the place and what to do. */
export class LogError extends Error {
  override readonly name = 'LogError';

  constructor(
    readonly code: LogErrorCode,
    message: string,
    readonly retriable: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Does the log take no record of that size? Then it will not the next time either, unless somebody raises its limit. */
export const isTooLarge = (error: unknown): boolean =>
  error instanceof LogError && error.code === 'log-record-too-large';
