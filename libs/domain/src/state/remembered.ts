/** An event, by who sent it and what the sender calls it. */
export type Sent = readonly [source: string, id: string];

/** What all that came from one another share, in the order in which it was added. */
class Known {
  readonly sources: string[] = [];
  readonly ids: string[] = [];
  /** Of each id, where it is. Ids are rarely given by two senders: those of the second and later ones are in `others`. */
  private readonly places = new Map<string, number>();
  private readonly others = new Map<string, number>();

  placeOf(source: string, id: string): number | undefined {
    const place = this.places.get(id);
    if (place === undefined || this.sources[place] === source) return place;
    return this.others.get(textOf(source, id));
  }

  add(source: string, id: string): void {
    const place = this.ids.length;
    if (this.places.has(id)) this.others.set(textOf(source, id), place);
    else this.places.set(id, place);
    // One text for a sender that goes on.
    const before = this.sources[place - 1];
    this.sources.push(before === source ? before : source);
    this.ids.push(id);
  }
}

const textOf = (source: string, id: string): string => JSON.stringify([source, id]);

/**
 * A set of events that only grows, as a value: `with` gives another set, and this one stays as it was. All that came from one another share what
 * they know, and each knows how many entries are its own, so that adding takes the same time however large it is. Only where two are made of
 * the same set the second copies it.
 */
export class Remembered {
  readonly #known: Known;
  readonly size: number;

  private constructor(known: Known, size: number) {
    this.#known = known;
    this.size = size;
  }

  static of(events: Iterable<Sent> = []): Remembered {
    const known = new Known();
    for (const [source, id] of events) if (known.placeOf(source, id) === undefined) known.add(source, id);
    return new Remembered(known, known.ids.length);
  }

  has(source: string, id: string): boolean {
    const place = this.#known.placeOf(source, id);
    return place !== undefined && place < this.size;
  }

  /** @param id one that the source has not in it */
  with(source: string, id: string): Remembered {
    const isNewest = this.#known.ids.length === this.size;
    const known = isNewest ? this.#known : Remembered.of(this).#known;
    known.add(source, id);
    return new Remembered(known, this.size + 1);
  }

  /** In the order in which they were added. */
  *[Symbol.iterator](): Iterator<Sent> {
    const { sources, ids } = this.#known;
    for (let place = 0; place < this.size; place += 1) yield [sources[place]!, ids[place]!];
  }
}
