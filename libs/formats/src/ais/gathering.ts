import { DAY, type Millis } from '@portolan/domain';
import { MAX_APART, areOfOne } from './ais.js';
import { Bits } from './bits.js';
import { fixOf, positions } from './fields.js';
import { type Sentence, sentenceOf } from './sentence.js';

export interface GatheringOptions {
  /** Of a vessel's positions one is taken, and those of so many milliseconds after it are left out; 0: all are taken. */
  readonly interval: Millis;
}

/** A message: sentences, one a line. */
export interface Gathered {
  readonly text: string;
  /** How many of those that were added since the message before are in `text`. */
  readonly taken: number;
  /** How many are positions of vessels that had another within the interval before. */
  readonly leftOut: number;
  /** How many are parts of a message whose others never came. */
  readonly incomplete: number;
}

/** Vessels remembered: more than the busiest waters of Europe have. The one heard of least recently is forgotten. */
const VESSELS = 50_000;
/** A vessel under way says who it is every six minutes: what it said this long ago may be of another voyage. */
const STALE = DAY;
/** Parts of one message are sent at once. */
const TOGETHER = 10_000;

interface Vessel {
  /** When a position of it was taken last. */
  readonly taken: Millis;
  /** What it said of itself last, by kind of message: the lines, and when. */
  readonly said: ReadonlyMap<string, { readonly lines: readonly string[]; readonly at: Millis }>;
}

interface Waiting extends Sentence {
  readonly text: string;
  readonly at: Millis;
}

/**
 * An endless stream of sentences as messages for `readAis`, each of which says all by itself: parts of a message are together, and
 * before a vessel's first position is what the vessel last said of itself (name, IMO number, destination). Lines stay as they are;
 * those of other sentences are passed over. Holds no more than one message, and a bounded number of vessels.
 */
export class AisGathering {
  private lines: string[] = [];
  private counts = { taken: 0, leftOut: 0, incomplete: 0 };
  /** The receiver's clock, which is that of the next sentence. */
  private clock = '';
  private count = 0;
  private readonly waiting = new Map<string, readonly Waiting[]>();
  private readonly vessels = new Map<string, Vessel>();
  /** What vessels said of themselves, as far as it is in this message. */
  private readonly told = new Set<readonly string[]>();

  constructor(private readonly options: GatheringOptions) {}

  /** Lines of the message so far. */
  get size(): number {
    return this.lines.length;
  }

  /** @param now when the line was received */
  add(line: string, now: Millis): void {
    const text = line.trim();
    if (text === '' || text[0] === '$' || text[0] === '#') {
      if (text.startsWith('$PGHP,')) this.clock = `${text}\n`;
      return;
    }
    const read = sentenceOf(text, (this.count += 1));
    const whole = this.clock + text;
    this.clock = '';
    if (!read.ok) return this.put([whole]);
    const parts = this.joined({ ...read.value, text: whole, at: now });
    if (parts) this.putMessage(parts, now);
  }

  /** The message so far; a new one begins. `undefined` where there is nothing to say. */
  take(now: Millis): Gathered | undefined {
    for (const [group, parts] of this.waiting)
      if (parts[0]!.at + TOGETHER < now || parts[0]!.line + MAX_APART < this.count) this.giveUp(group, parts);
    const gathered = { text: this.lines.join('\n'), ...this.counts };
    this.lines = [];
    this.counts = { taken: 0, leftOut: 0, incomplete: 0 };
    this.told.clear();
    return gathered.taken + gathered.leftOut + gathered.incomplete > 0 ? gathered : undefined;
  }

  /** The stream has ended, or another begins: parts that wait for others wait in vain. */
  end(): void {
    for (const [group, parts] of this.waiting) this.giveUp(group, parts);
    this.clock = '';
  }

  private giveUp(group: string, parts: readonly Waiting[]): void {
    this.waiting.delete(group);
    this.counts.incomplete += parts.length;
  }

  /** All parts of a message in order, once the last of them came. */
  private joined(sentence: Waiting): readonly Waiting[] | undefined {
    if (sentence.total === 1) return [sentence];
    const { group } = sentence;
    const before = this.waiting.get(group) ?? [];
    const fits = before.every((each) => areOfOne(each, sentence));
    if (!fits) this.giveUp(group, before);
    const parts = fits ? [...before, sentence] : [sentence];
    this.waiting.set(group, parts);
    if (parts.length < sentence.total) return undefined;
    this.waiting.delete(group);
    return parts.sort((a, b) => a.part - b.part);
  }

  private put(lines: readonly string[]): void {
    this.lines.push(...lines);
    this.counts.taken += lines.length;
  }

  private putMessage(parts: readonly Waiting[], now: Millis): void {
    const lines = parts.map(({ text }) => text);
    const bits = Bits.of(parts.map(({ payload }) => payload).join(''), parts.at(-1)!.fill);
    const mmsi = bits && bits.length >= 38 ? String(bits.unsigned(8, 30)) : undefined;
    if (!bits || mmsi === undefined) return this.put(lines);
    const vessel = this.vessels.get(mmsi) ?? { taken: -Infinity, said: new Map() };
    const kind = staticKind(bits);
    if (kind !== undefined) {
      this.remember(mmsi, { ...vessel, said: new Map(vessel.said).set(kind, { lines, at: now }) });
      this.told.add(lines);
    }
    if (!hasPosition(bits)) return this.put(lines);
    // A clock that was put back must not keep a vessel out.
    if (Math.abs(now - vessel.taken) < this.options.interval) return void (this.counts.leftOut += parts.length);
    this.remember(mmsi, { ...vessel, taken: now });
    this.tell(vessel, now);
    this.put(lines);
  }

  private tell({ said }: Vessel, now: Millis): void {
    for (const { lines, at } of said.values()) {
      if (now - at >= STALE || this.told.has(lines)) continue;
      this.told.add(lines);
      this.lines.push(...lines);
    }
  }

  private remember(mmsi: string, vessel: Vessel): void {
    this.vessels.delete(mmsi);
    this.vessels.set(mmsi, vessel);
    if (this.vessels.size <= VESSELS) return;
    const [oldest] = this.vessels.keys();
    this.vessels.delete(oldest!);
  }
}

/** Which words of a vessel on itself a message has: 5, 24 A or 24 B; the newest of each counts. */
function staticKind(bits: Bits): string | undefined {
  const type = bits.unsigned(0, 6);
  if (type === 5) return bits.length >= 420 ? '5' : undefined;
  return type === 24 && bits.length >= 160 ? `24/${bits.unsigned(38, 2)}` : undefined;
}

function hasPosition(bits: Bits): boolean {
  const type = bits.unsigned(0, 6);
  const layout = positions[type];
  if (!layout || bits.length < layout.bits) return false;
  const { lat = 91, lon = 181 } = fixOf(bits, type, layout);
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
}
