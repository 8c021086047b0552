import { addressAt, membersOf } from '../http.js';
import { type Finding, look, well } from './finding.js';

const PATIENCE = 5_000;

/** Asks a running service whether it is ready. */
export async function service(to: string): Promise<Finding> {
  const url = addressAt(to, '/health/ready');
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    const { detail, errors = [] } = (membersOf(await response.text()) ?? {}) as {
      detail?: string;
      errors?: { pointer?: string; detail?: string }[];
    };
    if (response.ok) return well('service', `${url.origin} is ready`);
    const why = errors.map(({ pointer = '', detail: each = '' }) => `${pointer.replace('/', '')} ${each}`.trim());
    return look(
      'service',
      `${url.origin} is not ready: ${why.join('; ') || (detail ?? response.status)}`,
      'It becomes ready by itself once that is mended.',
    );
  } catch {
    return look('service', `nothing answers at ${url.origin}`, '`portolan up` starts it; --to names another address.');
  }
}
