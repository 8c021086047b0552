import { CommandFailure, exitCodes } from './exit.js';

/** Where a running Portolan has a path. Fails for what is no URL. */
export function addressAt(to: string, path: string): URL {
  const base = URL.canParse(to) ? new URL(to) : undefined;
  if (base?.protocol !== 'http:' && base?.protocol !== 'https:')
    throw new CommandFailure(exitCodes.wrongUse, `--to (${to}) must be a URL, such as http://127.0.0.1:8080`);
  return new URL(`${base.href.replace(/\/+$/, '')}${path}`);
}

export const unreachable = (url: URL, error: unknown): CommandFailure =>
  new CommandFailure(
    exitCodes.environment,
    `cannot reach ${url.origin}: ${causeOf(error)}\nIs the service up? \`portolan up\` starts it; --to names another address; --dry-run needs none.`,
  );

function causeOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}

/** Why a service that wants another key did not answer; `undefined` for all other statuses. */
export const notLetIn = (service: string, status: number, told: string): CommandFailure | undefined =>
  status === 401 || status === 403
    ? new CommandFailure(
        exitCodes.environment,
        `${service} does not let us in: ${told}\nGive a key with --key or PORTOLAN_API_KEY.`,
      )
    : undefined;

/** An answer's members, where it is a JSON object. */
export function membersOf(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
