import fc from 'fast-check';
import { formatDuration, parseDuration } from './duration.js';
import { formatInstant, parseInstant } from './instant.js';

describe('an instant', () => {
  it('is read with its offset and written in UTC', () => {
    expect(formatInstant(parseInstant('2026-03-05T12:00:00+02:00')!)).toBe('2026-03-05T10:00:00Z');
    expect(formatInstant(parseInstant('2026-03-05T06:00Z')!)).toBe('2026-03-05T06:00:00Z');
  });

  it.each(['2026-03-05T12:00:00', '2026-02-30T12:00:00Z', '2026-03-05 12:00:00Z', '2026-03-05T25:00:00Z', 'soon', ''])(
    'is not %j',
    (text) => expect(parseInstant(text)).toBeUndefined(),
  );
});

describe('any instant', () => {
  it('is written as the engine writes it, but for a fraction of nothing, and is read again', () => {
    const years = fc.date({ noInvalidDate: true, min: new Date('0100-01-01'), max: new Date('9999-12-31T23:59:59Z') });
    const wholeSeconds = years.map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));
    fc.assert(
      fc.property(fc.oneof(years, wholeSeconds), (date) => {
        expect(formatInstant(date.getTime())).toBe(date.toISOString().replace('.000Z', 'Z'));
        expect(parseInstant(date.toISOString())).toBe(date.getTime());
      }),
    );
    expect(() => formatInstant(NaN)).toThrow(RangeError);
  });
});

describe('an instant as it is mostly written', () => {
  it('is read as any other, also days that are none', () => {
    const two = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'));
    const year = fc.integer({ min: 0, max: 9999 }).map((number) => String(number).padStart(4, '0'));
    fc.assert(
      fc.property(year, two, two, two, two, two, (...[y, mo, d, h, mi, s]) => {
        for (const end of ['Z', '.250Z', '+05:30', '.999-11:00'])
          expect(parseInstant(`${y}-${mo}-${d}T${h}:${mi}:${s}${end}`)).toBe(
            parseInstant(`${y}-${mo}-${d}t${h}:${mi}:${s}${end}`),
          );
      }),
    );
    for (const [y, mo, d] of [
      ['2024', '02', '29'],
      ['2026', '02', '29'],
      ['2100', '02', '29'],
      ['2000', '02', '29'],
      ['2026', '12', '31'],
      ['2026', '04', '31'],
      ['0099', '01', '01'],
    ])
      expect(parseInstant(`${y}-${mo}-${d}T10:20:30Z`)).toBe(parseInstant(`${y}-${mo}-${d}t10:20:30Z`));
  });
});

describe('an instant as it is written in the log', () => {
  it('is read as the engine reads it, and refused where it is none', () => {
    const digit = fc.constantFrom(...'0123456789:-TZ/ ');
    const mutated = fc
      .tuple(
        fc.date({ noInvalidDate: true, min: new Date('1000-01-01'), max: new Date('9999-12-31') }),
        fc.nat(19),
        digit,
      )
      .map(([date, at, char]) => {
        const text = formatInstant(date.setUTCMilliseconds(0));
        return text.slice(0, at) + char + text.slice(at + 1);
      });
    fc.assert(
      fc.property(mutated, (text) => {
        const engine = new Date(text.length === 20 && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? text : NaN);
        const real =
          !Number.isNaN(engine.getTime()) && formatInstant(engine.getTime()) === text && !text.startsWith('00');
        expect(parseInstant(text)).toBe(real ? engine.getTime() : undefined);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a duration', () => {
  it.each([
    ['PT90M', 5_400_000],
    ['P1DT2H', 93_600_000],
    ['P1W', 604_800_000],
    ['PT0S', 0],
  ])('%s is %d ms', (text, millis) => expect(parseDuration(text)).toBe(millis));

  it.each(['P', 'PT', 'P1Y', 'P1M', '-PT1H', '90', 'PT-1H'])('is not %j', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );

  it('is written so that it reads the same', () => {
    for (const millis of [0, 1500, 5_400_000, 93_600_000]) expect(parseDuration(formatDuration(millis))).toBe(millis);
  });
});
