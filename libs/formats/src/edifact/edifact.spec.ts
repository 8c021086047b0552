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

  it('without any message in it is unreadable', () => {
    expect(read("UNB+UNOA:2+A+B'")).toMatchObject({
      unreadable: [{ message: expect.stringContaining('no EDIFACT message') }],
    });
  });
});
