import { readMessage } from '../registry.js';
import { bare, gateIn, message, read, received } from '../testing/edifact.js';
import { draftsOf, refusals } from '../testing/read.js';

describe('an EDIFACT message', () => {
  const text = message('CODECO', gateIn());
  const formatOf = (body: string | Uint8Array, contentType?: string, format?: string) => {
    const reading = readMessage({ body, contentType, format }, { received });
    return 'format' in reading ? reading.format : reading.unreadable[0]!.message;
  };

  it.each(["UNA:+.? '", '\uFEFF', '\r\n', ''])('is recognised with %j before it', (before) => {
    expect(formatOf(before + text)).toBe('edifact-codeco-d95b');
    expect(formatOf(before + text.slice(text.indexOf('UNH')))).toBe('edifact-codeco-d95b');
  });

  it('is read by its content type and by any of its names', () => {
    for (const type of ['application/edifact', 'application/EDIFACT; charset=x'])
      expect(formatOf(text, type)).toBe('edifact-codeco-d95b');
    for (const name of ['edifact', 'CODECO', 'edifact-iftsta'])
      expect(formatOf(text, undefined, name)).toBe('edifact-codeco-d95b');
  });

  it('is read in the character set that its interchange names', () => {
    const latin = Buffer.from(
      message('IFTSTA', [
        'BGM+23+X+9',
        'DTM+137:202603051200:203',
        'CNI+1',
        'STS+1+77:::Verspätung',
        'EQD+CN+CSQU3054383',
      ]),
      'latin1',
    );
    const reading = readMessage({ body: latin }, { received });
    expect(draftsOf(reading)[0]!.data).toMatchObject({ reason: 'Verspätung' });
  });

  it('of a kind not read here is refused, and others of the interchange are not', () => {
    const invoice = message('INVOIC', ['BGM+380'])
      .replace(/UNZ.*/, '')
      .replace(/UNB.*\n/, '');
    const reading = read(text.replace(/UNZ.*/, invoice + "UNZ+2+77'"));
    expect(refusals(reading)).toEqual([[1, '/interchange/0/message/1/segment/0', expect.stringContaining('IFTSTA')]]);
    expect(draftsOf(reading)).toHaveLength(1);
  });

  it('with a wrong segment count is doubted in each of its events', () => {
    const [draft] = draftsOf(read(text.replace(/UNT\+\d+/, 'UNT+99')));
    expect(bare(draft!).flags).toContain('segment-count');
  });

  it('whose last segment lacks its terminator ends there', () => {
    const [cut] = text.split(/'\nUNZ/);
    expect(draftsOf(read(cut!))).toHaveLength(1);
    expect(refusals(read(cut!.replace(/'\nUNT.*/, '')))[0]?.[2]).toBe('is cut off: no terminator follows');
  });

  it('with more items than are read is told so, before any of them is read', () => {
    const boxes = Array.from({ length: 100_001 }, () => "EQD+CN'").join('');
    expect(read(`UNH+1+CODECO:D:95B:UN'BGM+34'${boxes}UNT+1+1'`)).toMatchObject({
      unreadable: [{ message: expect.stringContaining('more than the 100000 items') }],
    });
  });

  it('with a header or a group that is looked through again and again is refused', () => {
    const long = (...lines: string[]) => refusals(read(message('CODECO', lines)))[0];
    const places = Array.from({ length: 300 }, () => 'LOC+7+BEANR');
    const of300 = 'is one of more than 300 segments before its groups begin';
    expect(long('BGM+34', ...places, 'EQD+CN')).toEqual([0, '/interchange/0/message/0/segment/300', of300]);
    const seals = Array.from({ length: 2_000 }, (_, at) => `SEL+${at}`);
    expect(long('BGM+34', 'EQD+CN', ...seals)?.[2]).toBe('is one of more than 2000 segments in one group');
  });

  it('that says a lot of each of many parts is read so far, and told so', () => {
    const references = Array.from({ length: 1_900 }, (_, at) => `RFF+ABC:${at}`);
    const statuses = Array.from({ length: 2_000 }, () => 'STS+1+AE');
    const reading = read(
      message('IFTSTA', ['BGM+23', 'DTM+137:202603051200:203', 'CNI+1', ...references, ...statuses]),
    );
    expect(refusals(reading).at(-1)?.[2]).toContain('many times as long as the message');
    expect(draftsOf(reading).length).toBeLessThan(200);
  });

  it('without any message in it is unreadable', () => {
    expect(read("UNB+UNOA:2+A+B'")).toMatchObject({
      unreadable: [{ message: expect.stringContaining('no EDIFACT message') }],
    });
  });
});
