import { Writable } from 'node:stream';
import { trace } from '@opentelemetry/api';
import { type DestinationStream, type Logger, destination, pino, stdTimeFunctions } from 'pino';

export type { Logger } from 'pino';

/** Nest token of the service's log. */
export const LOGGER = Symbol('Logger');

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LoggerOptions {
  readonly level?: LogLevel;
  /** Name of the service, in every line. */
  readonly name?: string;
  /** Lines for people instead of JSON. Default: whether standard error is a terminal. */
  readonly pretty?: boolean;
  /** Default: standard error, written at once so that nothing is lost when the process dies. */
  readonly to?: DestinationStream;
}

/** A structured log: JSON lines, or plain lines on a terminal. Standard output stays free for results. */
export function createLogger({ level = 'info', name, pretty, to }: LoggerOptions = {}): Logger {
  const out = to ?? destination({ fd: 2, sync: true });
  const readable = pretty ?? (to === undefined && process.stderr.isTTY === true);
  const options = { level, timestamp: stdTimeFunctions.isoTime, base: name === undefined ? {} : { name }, mixin };
  return pino(options, readable ? forPeople(out) : out);
}

/** The trace that a line belongs to, where there is one (names of OpenTelemetry's log data model). */
function mixin(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

const colours: Readonly<Record<number, string>> = { 10: '90', 20: '90', 30: '36', 40: '33', 50: '31', 60: '35' };
const names: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

const forPeople = (out: DestinationStream): Writable =>
  new Writable({
    decodeStrings: false,
    write(line: string, _encoding, done) {
      out.write(plainLine(JSON.parse(line) as Record<string, unknown>));
      done();
    },
  });

function plainLine({ level, time, name, msg, err, ...rest }: Record<string, unknown>): string {
  const stamp = String(time).slice(11, 23);
  const label = `\u001b[${colours[level as number] ?? '0'}m${(names[level as number] ?? '').padEnd(5)}\u001b[0m`;
  const more = Object.entries(rest).map(
    ([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const trace = (err as { stack?: string } | undefined)?.stack;
  return `${stamp} ${label} ${name === undefined ? '' : `${String(name)}: `}${String(msg ?? '')}${more.join('')}\n${trace ? `${trace}\n` : ''}`;
}
