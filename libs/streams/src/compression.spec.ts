import fc from 'fast-check';
import { COMPRESS_ABOVE, deflate, inflate } from './compression.js';

describe('compression inside the log', () => {
  it('begins above 8 kB and says so in the header', () => {
    const at = (length: number) => deflate({ value: Buffer.alloc(length, 'x'), headers: { ce_id: '1' } });
    expect(at(COMPRESS_ABOVE).headers).toEqual({ ce_id: '1' });
    expect(at(COMPRESS_ABOVE + 1).headers).toEqual({ ce_id: '1', 'content-encoding': 'gzip' });
    expect(at(COMPRESS_ABOVE + 1).value.byteLength).toBeLessThan(200);
  });

  it('is undone without a trace, whatever the value and whatever encodings it came with', () => {
    const encodings = fc.option(fc.constantFrom('gzip', 'br', 'gzip, gzip', 'identity'), { nil: undefined });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000, size: 'max' }), encodings, (value, encoding) => {
        const headers = { ce_id: '1', ...(encoding && { 'content-encoding': encoding }) };
        const back = inflate(deflate({ value, headers }));
        expect(Buffer.from(back.value).equals(value)).toBe(true);
        expect(back.headers).toEqual(headers);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves a value that says gzip and is not as it is', () => {
    const foreign = { value: Buffer.from('not gzip'), headers: { 'content-encoding': 'gzip' } };
    expect(inflate(foreign)).toBe(foreign);
  });
});
