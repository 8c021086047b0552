import { type Made, distinctFlags, draftOf, hasFlags, itemMade } from '../draft.js';
import { attributeOf } from '../json/content.js';
import { type Item, rejected } from '../reading.js';
import type { Almanac } from './almanac.js';
import type { Fact, Header, Part } from './header.js';
import { type Message, pointerOf, sentText } from './interchange.js';
import { wayOf } from './status.js';

/** Kinds that are taken back by a word of their own. */
const TAKES_BACK = /\.(?:cancelled|withdrawn)$/;

/** Ids of a message's events: the interchange's and the message's reference, what each is about, and when it was said. */
export class Identities {
  private readonly prefix: string;
  private readonly suffix: string;
  private readonly revised: string;
  /** The text that has a key as its own, and the names of others that came with the same key. */
  private readonly taken = new Map<string, string>();
  private readonly numbered = new Map<string, Map<string, string>>();

  constructor({ message, revision, source }: Header) {
    const control = message.interchange.header?.value(5) ?? '';
    this.prefix = `${control}/${message.reference}/`;
    this.suffix = `@${revision ?? ''}`;
    this.revised = `${source}#`;
  }

  /** The same part again has the same id; another of the same key a number behind it. */
  of(key: string, text: string): string {
    const first = this.taken.get(key);
    if (first === undefined) this.taken.set(key, text);
    if (first === undefined || first === text) return key;
    const others = this.numbered.get(key) ?? new Map<string, string>();
    const name = others.get(text) ?? `${key}#${others.size + 2}`;
    this.numbered.set(key, others.set(text, name));
    return name;
  }

  id(name: string): string {
    return attributeOf(this.prefix + name + this.suffix);
  }

  /** What all revisions of a part have in common. */
  revisionOf(name: string): string {
    return attributeOf(this.revised + name);
  }
}

/** A part as an item: its events with their ids, or what is wrong with it. The first of a message keeps its header. */
export function itemOf(
  part: Part,
  header: Header,
  identities: Identities,
  index: number,
  almanac: Almanac,
  first: boolean,
): Item {
  const pointer = pointerOf(header.message, part.at);
  if (part.notes.faults.length > 0) return rejected(index, pointer, part.notes.faults);
  const text = sentText(header.message, part.segments);
  const made = part.facts.map((fact, place) => {
    const name = identities.of(fact.key, text);
    const extensions =
      place === 0 ? keptOf(part, text, header, almanac, first) : { partOf: identities.id(part.facts[0]!.key) };
    return header.cancels && !TAKES_BACK.test(fact.type)
      ? retraction(name, header, identities, extensions, pointer)
      : event(fact, name, part, header, identities, extensions, pointer);
  });
  return itemMade(index, pointer, made);
}

/** What an event keeps that none of its fields has. */
interface Kept {
  message?: string;
  segments?: string;
  header?: string;
  way?: readonly unknown[];
  partOf?: string;
  flags?: readonly string[];
}

function event(
  fact: Fact,
  name: string,
  part: Part,
  header: Header,
  identities: Identities,
  kept: Kept,
  pointer: string,
): Made {
  // Its reader made it for this event alone, which needs no copy of it.
  const data: Doubted = fact.data;
  const { at, classifier } = data;
  const attributes = {
    id: identities.id(name),
    source: header.source,
    subject: fact.subject === undefined ? undefined : attributeOf(fact.subject),
    time: classifier === 'actual' && at !== undefined ? at : header.said,
    revisionof: identities.revisionOf(name),
    revision: header.revision,
  };
  const { message } = header;
  const flags = distinctFlags(withFlagsOf(message, part.notes.flags));
  if (flags) (hasFlags(fact.type) ? data : kept).flags = flags;
  data.extensions = kept;
  return draftOf(fact.type, attributes, data as never, pointer);
}

/** Most messages have no doubts of their own. */
const withFlagsOf = ({ flags, interchange }: Message, own: readonly string[]): readonly string[] =>
  flags.length + interchange.flags.length === 0 ? own : [...own, ...flags, ...interchange.flags];

type Doubted = { at?: string; classifier?: string; flags?: readonly string[]; extensions?: Kept };

/** What the message said of this before is as if it had never been said. */
function retraction(name: string, header: Header, identities: Identities, kept: Kept, pointer: string): Made {
  const retracts = identities.revisionOf(name);
  const attributes = {
    id: identities.id(`${name}/cancelled`),
    source: header.source,
    time: header.said,
    revisionof: retracts,
    revision: header.revision,
  };
  return draftOf(
    'org.portolan.event.retracted',
    attributes,
    { retracts, extensions: kept as Record<string, unknown> },
    pointer,
  );
}

/** All that was sent of this part, as it was sent; the first part of a message also keeps what stands before the parts. */
function keptOf(part: Part, text: string, header: Header, almanac: Almanac, first: boolean): Kept {
  const { message } = header;
  const kept: Kept = { message: message.kind, segments: text };
  if (first && part.segments !== header.segments) kept.header = sentText(message, header.segments);
  const way = message.type === 'IFTSTA' ? wayOf(header, part.segments, almanac) : [];
  if (way.length > 0) kept.way = way;
  return kept;
}
