const WIDTH = 24;

/** One line on standard error that is written over; nothing where nobody looks. */
export class Progress {
  constructor(
    private readonly total: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  at(done: number, what: string): void {
    if (!this.stream.isTTY) return;
    const filled = Math.round((done / Math.max(1, this.total)) * WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    this.stream.write(`\r\u001b[K${bar} ${done}/${this.total} ${what.slice(-40)}`);
  }

  end(): void {
    if (this.stream.isTTY) this.stream.write('\r\u001b[K');
  }
}
