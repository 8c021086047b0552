import type { Fault } from '@portolan/domain';
import { isProblemCode, problems } from '../problems/problems.js';

/** Resolves when all is well; resolves with a text that says what is missing, or rejects, when not. */
export type HealthCheck = () => Promise<string | undefined | void>;

const PATIENCE_MS = 2000;

/** What has to be well before a service takes requests; each part of it registers its own. */
export class HealthChecks {
  private readonly checks = new Map<string, HealthCheck>();

  /** @param name one word, such as `log`; the same name replaces the former check */
  register(name: string, check: HealthCheck): void {
    this.checks.set(name, check);
  }

  get names(): readonly string[] {
    return [...this.checks.keys()];
  }

  /** What is not well, each at `/checks/<name>`; a check that does not answer within 2 s is not well. */
  async faults(): Promise<readonly Fault[]> {
    const found = await Promise.all(
      [...this.checks].map(async ([name, check]) => ({ name, says: await answerOf(check) })),
    );
    return found.flatMap(({ name, says }) =>
      says === undefined ? [] : [{ pointer: `/checks/${name}`, message: says }],
    );
  }
}

async function answerOf(check: HealthCheck): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, `did not answer within ${PATIENCE_MS / 1000} s`);
  });
  try {
    return (await Promise.race([check(), late])) ?? undefined;
  } catch (error) {
    return reasonOf(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Ports have codes, whose titles name no addresses; what else goes wrong is nobody's business outside. */
function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return isProblemCode(code) ? `failed: ${problems[code].title}` : 'failed';
}
