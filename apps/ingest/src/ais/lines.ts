/** A sentence has 82 characters, tag block and suffix some more. */
const LONGEST = 1_000;
const NEWLINE = 10;

/** Lines of a stream of bytes. What is longer than any sentence is dropped and counted, so that no more is held. */
export class Lines {
  tooLong = 0;
  private rest = '';
  /** Inside a line that is too long. */
  private dropping = false;

  /** The lines that end in these bytes. One whose end has not come waits for the bytes that follow. */
  *in(chunk: Buffer): Generator<string> {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const line = this.whole(chunk, from, end);
      from = end + 1;
      this.rest = '';
      this.dropping = false;
      if (line !== undefined) yield line;
    }
    this.rest = this.whole(chunk, from, chunk.length) ?? '';
  }

  /** The stream has ended: what came of a line that has no end. */
  end(): string {
    const { rest } = this;
    this.rest = '';
    this.dropping = false;
    return rest;
  }

  private whole(chunk: Buffer, from: number, end: number): string | undefined {
    if (this.dropping) return undefined;
    if (this.rest.length + end - from <= LONGEST) return this.rest + chunk.toString('latin1', from, end);
    this.tooLong += 1;
    this.dropping = true;
    return undefined;
  }
}
