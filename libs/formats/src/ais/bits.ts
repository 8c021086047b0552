/** The six-bit values of a payload (ITU-R M.1371-5, annex 8, table 47; armour as in IEC 61162-1), read field by field. */
export class Bits {
  readonly length: number;

  private constructor(
    private readonly sixes: Uint8Array,
    fill: number,
  ) {
    this.length = Math.max(0, sixes.length * 6 - fill);
  }

  /** `undefined` when a character is none of the armour's. */
  static of(payload: string, fill: number): Bits | undefined {
    const sixes = new Uint8Array(payload.length);
    for (let index = 0; index < payload.length; index += 1) {
      const code = payload.charCodeAt(index);
      if (code < 48 || code > 119 || (code > 87 && code < 96)) return undefined;
      sixes[index] = code < 88 ? code - 48 : code - 56;
    }
    return new Bits(sixes, fill);
  }

  /** Bits beyond the end count as zero. */
  unsigned(start: number, width: number): number {
    let value = 0;
    for (let bit = start; bit < start + width;) {
      const within = bit % 6;
      const taken = Math.min(6 - within, start + width - bit);
      const six = this.sixes[(bit - within) / 6] ?? 0;
      value = value * 2 ** taken + ((six >> (6 - within - taken)) & ((1 << taken) - 1));
      bit += taken;
    }
    return value;
  }

  signed(start: number, width: number): number {
    const value = this.unsigned(start, width);
    return value >= 2 ** (width - 1) ? value - 2 ** width : value;
  }

  /** Six-bit ASCII up to the first `@`, trimmed; `undefined` when nothing is left. */
  text(start: number, characters: number): string | undefined {
    let text = '';
    for (let index = 0; index < characters; index += 1) {
      const six = this.unsigned(start + index * 6, 6);
      if (six === 0) break;
      text += String.fromCharCode(six < 32 ? six + 64 : six);
    }
    const trimmed = text.trim();
    return trimmed === '' ? undefined : trimmed;
  }
}
