import type { Measured } from './measurement.js';
import { duration, pageOf, plotOf } from './report.js';

const measured: Measured = {
  name: 'example',
  demands: 4000,
  cold: { milliseconds: 1690, objective: -101, gap: 0 },
  warm: { changes: 300, p50: 80, p90: 900, p99: 2400 },
  memory: 251.4,
  others: { HiGHS: { objective: -101, milliseconds: 8000 }, GLPK: undefined },
  compared: 'the same problem',
};

describe('the report', () => {
  it('has a row for each problem, and ratios to the median change', () => {
    const page = pageOf([measured], { date: '2026-11-26', command: 'bench' });
    expect(page).toContain('| example | 4 000 | 1.7 s | 300 | 80 ms | 900 ms | 2.4 s | 251 MB |');
    expect(page).toContain(
      '| example | the same problem | 8.0 s (100 ×) | not in time, or wrong | not in time, or wrong |',
    );
  });

  it('says where the optimum was not proven', () => {
    const stopped = { ...measured, cold: { ...measured.cold, gap: 0.013 }, warm: undefined, others: {} };
    expect(pageOf([stopped], { date: '2026-11-26', command: 'bench' })).toContain('stopped at 1.7 s, gap 1.30 %');
  });

  it('draws a row for each stream of changes', () => {
    expect(plotOf([measured, { ...measured, name: 'other' }]).match(/<circle/g)).toHaveLength(2);
    expect(plotOf([{ ...measured, warm: undefined }])).not.toContain('<circle');
  });

  it.each([
    [0.25, '0.3 ms'],
    [12.4, '12 ms'],
    [1234, '1.2 s'],
    [250_000, '250 s'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});
