import { plotOf } from './plot.js';
import { type MeasuredRow, type Row, duration, pageOf } from './report.js';

const measured: MeasuredRow = {
  kind: 'measured',
  name: 'example',
  demands: 4000,
  full: 0.153,
  cold: { milliseconds: 1690, objective: -101, gap: 0, stopped: false },
  warm: { changes: 300, p50: 80, p90: 900, p99: 2400 },
  memory: { cold: 310.2, end: 251.4 },
  others: {
    HiGHS: { kind: 'same', milliseconds: 8000 },
    GLPK: { kind: 'different', objective: -99 },
    'javascript-lp-solver': { kind: 'stopped', seconds: 60 },
  },
  compared: 'the same problem',
  comparable: -101,
};

const pageWith = (row: Row): string => pageOf([row], { date: '2026-11-26', command: 'bench' });

describe('the report', () => {
  it('has a row of figures for each problem', () => {
    const row = '| example | 4 000 | 15 % | 1.7 s | 300 | 80 ms | 900 ms | 2.4 s | 310, 251 MB |';
    expect(pageWith(measured)).toContain(row);
  });

  it('tells how many times as long others take as a cold solve and a change, at least where they were stopped', () => {
    const page = pageWith(measured);
    expect(page).toContain('| example | the same problem | 8.0 s (4.7 ×, 100 ×) |');
    expect(page).toContain('> 60 s (> 36 ×, > 750 ×) |');
  });

  it('publishes no time of a solver that ended at another optimum or failed', () => {
    expect(pageWith(measured)).toContain('| another optimum: -99 |');
    expect(pageWith({ ...measured, others: { GLPK: { kind: 'failed', reason: 'x' } } })).toContain(
      '| – | failed | – |',
    );
  });

  it('says where the optimum was not proven, and compares nothing then', () => {
    const cold = { ...measured.cold, gap: 0.013, stopped: true };
    const page = pageWith({ ...measured, cold, warm: undefined, others: {} });
    expect(page).toContain('| 1.7 s, stopped: gap 1.30 % | – | – | – | – |');
    expect(page).not.toContain('| example | the same problem');
  });

  it('says what is not here, and gives no figures of what was wrong', () => {
    expect(pageWith({ kind: 'missing', name: 'golden problems' })).toContain('| golden problems | not here | – |');
    expect(pageWith({ kind: 'failed', name: 'example', reason: 'x' })).toContain('| example | wrong: no figures | – |');
  });

  it.each([
    [0.25, '0.3 ms'],
    [9.96, '10 ms'],
    [12.4, '12 ms'],
    [999.7, '1.0 s'],
    [1234, '1.2 s'],
    [250_000, '250 s'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});

describe('the plot', () => {
  it('has a bar for each stream of changes, and is a plot without any', () => {
    expect(plotOf([measured, { ...measured, name: 'other' }]).match(/<circle/g)).toHaveLength(2);
    const empty = plotOf([
      { ...measured, warm: undefined },
      { kind: 'missing', name: 'x' },
    ]);
    expect(empty).not.toContain('<circle');
    expect(empty).not.toContain('NaN');
  });

  it('has room for times of any length', () => {
    const slow = plotOf([{ ...measured, warm: { changes: 9, p50: 0.02, p90: 50_000, p99: 400_000 } }]);
    const [, right] = /<rect x="[\d.]+" y="\d+" width="([\d.]+)"/.exec(slow) ?? [];
    expect(Number(right)).toBeLessThan(760 - 190 - 40);
    expect(slow).toContain('>1000 s</text>');
  });
});
