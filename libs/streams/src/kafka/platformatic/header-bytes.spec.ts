import { HeaderBytes } from './header-bytes.js';

const textsOf = (bytes: ReadonlyMap<Buffer, Buffer>) =>
  Object.fromEntries([...bytes].map(([name, value]) => [name.toString('utf8'), value.toString('utf8')]));

describe('headers as bytes', () => {
  it('are those of each record, whatever the ones before had', () => {
    const bytes = new HeaderBytes();
    const records: Record<string, string>[] = [
      { a: '1', b: 'é' },
      { a: '1', b: '2' },
      { b: '2' },
      { c: '', a: '2', b: '2' },
    ];
    const made = records.map((headers) => bytes.of(headers));
    expect(made.map(textsOf)).toEqual(records);
  });

  it('are right for more names than are remembered, too', () => {
    const bytes = new HeaderBytes();
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`x-${at}`, `${at}`]));
    for (const headers of [many, { ...many, 'x-249': 'other' }]) expect(textsOf(bytes.of(headers))).toEqual(headers);
  });
});
