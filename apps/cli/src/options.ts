import { type Millis, parseDuration, parseInstant } from '@portolan/domain';
import { InvalidArgumentError } from 'commander';

/** Values of options, or why they are none: for commander. */
export function instant(text: string): Millis {
  const value = parseInstant(text);
  if (value === undefined) throw new InvalidArgumentError('must be an instant, such as 2026-03-05T06:00:00Z.');
  return value;
}

export function duration(text: string): Millis {
  const value = parseDuration(text);
  if (!value) throw new InvalidArgumentError('must be an ISO 8601 duration, such as PT15M or P1D.');
  return value;
}

export function workers(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 1 && value <= 64))
    throw new InvalidArgumentError('must be a whole number from 1 to 64.');
  return value;
}
