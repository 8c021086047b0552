/** What can go wrong with a store that is not the program's fault. `docs/errors.md` lists the codes. */
export type StoreErrorCode = 'store-unreachable' | 'store-unavailable' | 'store-refused' | 'store-closed';

/** Stable code, whether to try again, and a message that names the place and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly code: StoreErrorCode,
    message: string,
    readonly retriable: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
