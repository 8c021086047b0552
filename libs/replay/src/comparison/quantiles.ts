import { round } from '@portolan/domain';
import type { Quantiles, Totals } from './document.js';

const SHARES = { p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 };

const figures: Readonly<Record<string, (totals: Totals) => number>> = {
  total: ({ cost }) => cost.total,
  planned: ({ planned }) => planned,
  unserved: ({ unserved }) => unserved.quantity,
  lateHours: ({ late }) => late.hours,
  spoilage: ({ cost }) => cost.spoilage,
  co2eKg: ({ co2eKg }) => co2eKg,
};

/** How the runs of a variant are spread. Quantiles are interpolated linearly. */
export function quantilesOf(runs: readonly Totals[]): Quantiles {
  const of = Object.entries(figures).map(([name, figure]) => {
    const values = runs.map(figure).sort((a, b) => a - b);
    const shares = Object.entries(SHARES).map(([share, at]) => [share, round(quantile(values, at))]);
    const mean = round(values.reduce((sum, value) => sum + value, 0) / values.length);
    return [name, { ...Object.fromEntries(shares), mean }];
  });
  return { runs: runs.length, of: Object.fromEntries(of) as Quantiles['of'] };
}

export function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return low + (high - low) * (at - Math.floor(at));
}
