import { parseDuration } from '@portolan/domain';
import { type Distribution, type Draws, drawn } from '../random.js';

/** A number or a duration (then in milliseconds), fixed or drawn from a distribution. */
export type Amount = number | string | { readonly distribution: string };

export function amountOf(amount: Amount, name: string, draws: Draws): number {
  if (typeof amount !== 'object') return numberOf(amount);
  const numbers = Object.entries(amount).map(([field, value]) => [
    field,
    field === 'distribution' ? value : numberOf(value as number | string),
  ]);
  return drawn(Object.fromEntries(numbers) as Distribution, draws.of(name));
}

const numberOf = (value: number | string): number => (typeof value === 'number' ? value : parseDuration(value)!);
