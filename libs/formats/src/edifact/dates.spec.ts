import { formatInstant } from '@portolan/domain';
import { readDate } from './dates.js';

const received = Date.UTC(2026, 2, 6);
const read = (text: string, format: string, place?: string) => {
  const date = readDate(text, format, place, received);
  return date.ok ? [formatInstant(date.value.at), ...date.value.flags.map((flag) => flag.split(':')[0])] : date.message;
};

describe('a date of DTM', () => {
  it.each([
    ['260305', '101', ['2026-03-04T23:00:00Z', 'day-only', 'local-time']],
    ['20260305', '102', ['2026-03-04T23:00:00Z', 'day-only', 'local-time']],
    ['2603051430', '201', ['2026-03-05T13:30:00Z', 'local-time']],
    ['260305143010', '202', ['2026-03-05T13:30:10Z', 'local-time']],
    ['202603051430', '203', ['2026-03-05T13:30:00Z', 'local-time']],
    ['20260305143010', '204', ['2026-03-05T13:30:10Z', 'local-time']],
    ['202607051430', '203', ['2026-07-05T12:30:00Z', 'local-time']],
    ['202603052400', '203', ['2026-03-05T23:00:00Z', 'local-time']],
    ['050326', '2', ['2026-03-04T23:00:00Z', 'day-only', 'local-time']],
    ['202603051430UTC', '303', ['2026-03-05T14:30:00Z']],
    ['202603051430+02', '303', ['2026-03-05T12:30:00Z']],
    ['20260305143010CET', '304', ['2026-03-05T13:30:10Z']],
    ['202603051430-0500', '205', ['2026-03-05T19:30:00Z']],
    ['202603051430XYZ', '303', ['2026-03-05T13:30:00Z', 'unknown-zone', 'local-time']],
    ['20260305', '203', ['2026-03-04T23:00:00Z', 'date-format', 'day-only', 'local-time']],
    ['202603051430', '', ['2026-03-05T13:30:00Z', 'date-format', 'local-time']],
  ])('%s of format %s is read as in Antwerp', (text, format, expected) => {
    expect(read(text, format, 'BEANR')).toEqual(expected);
  });

  it.each([
    ['USLAX', '2026-03-05T20:00:00Z'],
    ['USCHI', '2026-03-05T18:00:00Z'],
    ['USNYC', '2026-03-05T17:00:00Z'],
    ['CNSHA', '2026-03-05T04:00:00Z'],
    ['AUFRE', '2026-03-05T04:00:00Z'],
    ['ESLPA', '2026-03-05T12:00:00Z'],
    ['INNSA', '2026-03-05T06:30:00Z'],
    [undefined, '2026-03-05T12:00:00Z'],
  ])('is local to %s', (place, expected) => {
    expect(read('202603051200', '203', place)).toEqual([expected, 'local-time']);
  });

  it('names the zone it had to guess', () => {
    const date = readDate('202603051200', '203', 'USSYR', received);
    expect(date.ok && date.value.flags).toEqual([
      'local-time: 202603051200 read as local to USSYR, taken to be America/New_York',
    ]);
  });

  it('of a period has a start and an end', () => {
    const date = readDate('20260305-20260307', '718', 'BEANR', received);
    expect(date.ok && [date.value.at, date.value.end].map(formatInstant)).toEqual([
      '2026-03-04T23:00:00Z',
      '2026-03-07T22:59:59Z',
    ]);
  });

  it.each([
    ['20260230', '102', 'is no date of format 102'],
    ['202603052560', '203', 'is no date of format 203'],
    ['tomorrow', '203', 'is no date of format 203, such as 202603051430'],
    ['20260305-', '718', 'is no period of format 718'],
    ['19990305', '102', 'is before 2000-01-01'],
    ['20990305', '102', 'is more than five years after'],
  ])('%s of format %s is told what is wrong', (text, format, why) => {
    expect(read(text, format)).toContain(why);
  });
});
