/** Exit codes of `portolan`: 0 done, 1 input rejected, 2 wrong use, 3 environment; ended by a signal, what a shell says of that one. */
export const exitCodes = { done: 0, rejected: 1, wrongUse: 2, environment: 3, SIGINT: 130, SIGTERM: 143 } as const;

/** Ends a command with a message for people and a code for scripts; the program prints it and exits. */
export class CommandFailure extends Error {
  constructor(
    readonly code: (typeof exitCodes)[keyof typeof exitCodes],
    message: string,
  ) {
    super(message);
    this.name = 'CommandFailure';
  }
}
