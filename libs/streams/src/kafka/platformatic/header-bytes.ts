/** A header of the last record that had one of this name. */
interface Last {
  readonly name: Buffer;
  value: string;
  bytes: Buffer;
}

/** Other names are a sender's own, and may be any number. */
const MOST_NAMES = 100;

/** Headers as the client sends them. Records that follow each other share names, and most values: their bytes are made once. */
export class HeaderBytes {
  private readonly last = new Map<string, Last>();

  of(headers: Readonly<Record<string, string>>): Map<Buffer, Buffer> {
    const bytes = new Map<Buffer, Buffer>();
    for (const name in headers) {
      const { name: key, bytes: value } = this.header(name, headers[name]!);
      bytes.set(key, value);
    }
    return bytes;
  }

  private header(name: string, value: string): Last {
    const last = this.last.get(name);
    if (last?.value === value) return last;
    if (last) return Object.assign(last, { value, bytes: bytesOf(value) });
    const first = { name: bytesOf(name), value, bytes: bytesOf(value) };
    if (this.last.size < MOST_NAMES) this.last.set(name, first);
    return first;
  }
}

const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8');
