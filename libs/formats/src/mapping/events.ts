import type { EventType } from '@portolan/domain';
import { type Origin, attributesOf } from '../csv/goods.js';
import type { Read } from '../csv/record.js';
import { draftOf, hasFlags } from '../draft.js';
import { containerNumber } from '../identifiers/container.js';
import { imoNumber } from '../identifiers/imo.js';
import { unlocodeOf } from '../identifiers/unlocode.js';
import { attributeOf, contentHash } from '../json/content.js';
import { type Item, accepted, pointerKey, rejected } from '../reading.js';
import { rowPlace } from '../tables/place.js';

/** A row that is an event of its own: its fields are paths into the event's data. */
export function eventItem(type: EventType, record: Read, origin: Origin): Item {
  const { row, pointer, values, faults } = record;
  if (faults.length > 0) return rejected(row.index, pointer, faults);
  const { eventId, subject, occurred, revision, extensions, ...members } = values;
  const { data, flags } = dataOf(members, extensions as Extensions | undefined);
  const attributes = {
    ...identity(type.replace('org.portolan.', ''), eventId ?? data.id, values, origin),
    source: origin.source,
    subject: attributeText(subject ?? subjectOf(data)),
    time: String(occurred ?? data.at ?? data.now ?? origin.time),
    revision: attributeText(revision),
  };
  const made = draftOf(type, attributes, { ...data, ...withFlags(type, flags, data) } as never, '');
  if (made.ok) return accepted(row.index, pointer, made.draft);
  const placed = made.faults.map((fault) => ({
    ...fault,
    pointer: pointer + (fault.pointer === '' ? '' : pointerKey(fault.pointer.slice(1).replaceAll('/', '.'))),
    message: `${rowPlace(row)}, ${fault.pointer.slice(1).replaceAll('/', '.') || 'the row'}: ${fault.message}`,
  }));
  return rejected(row.index, pointer, placed);
}

type Data = Record<string, unknown>;
type Extensions = Data & { readonly flags?: readonly string[] };

/** What has an identifier is revised by a row that says something else of it; what has none is one event as long as its row says the same. */
function identity(kind: string, id: unknown, contents: unknown, origin: Origin): { id: string; revisionof?: string } {
  if (id === undefined) return { id: attributeOf(`${kind}@${contentHash(contents)}`) };
  const { id: own, revisionof } = attributesOf(origin, kind, String(id), contents);
  return { id: own, revisionof };
}

const attributeText = (value: unknown): string | undefined =>
  value === undefined ? undefined : attributeOf(String(value));

function subjectOf(data: Data): unknown {
  const transport = data.transport as Data | undefined;
  return (
    data.equipment ??
    data.order ??
    data.lot ??
    data.id ??
    data.service ??
    data.closure ??
    transport?.service ??
    transport?.imo
  );
}

/** Paths as nested members, identifiers as their standards write them, doubts about them beside. */
function dataOf(members: Data, extensions: Extensions | undefined): { data: Data; flags: string[] } {
  const data: Data = {};
  const { flags: given = [], ...rest } = extensions ?? {};
  const flags = [...given];
  for (const [path, value] of Object.entries(members)) {
    const { written, flag } = normalised(path.split('.').at(-1)!, value);
    if (written !== undefined) setAt(data, path.split('.'), written);
    if (flag !== undefined) flags.push(flag);
  }
  if (Object.keys(rest).length > 0) data.extensions = rest;
  return { data, flags };
}

function normalised(member: string, value: unknown): { written: unknown; flag?: string | undefined } {
  if (typeof value !== 'string') return { written: value };
  if (member === 'equipment') {
    const { number, flag } = containerNumber(value);
    return { written: number, flag };
  }
  if (member === 'imo') {
    const { imo, flag } = imoNumber(value);
    return { written: imo, flag };
  }
  if (member !== 'unlocode') return { written: value };
  const found = unlocodeOf(value);
  return { written: found?.unlocode ?? value, flag: found?.flag };
}

function setAt(data: Data, [name, ...deeper]: readonly string[], value: unknown): void {
  if (deeper.length === 0) data[name!] = value;
  else setAt((data[name!] ??= {}) as Data, deeper, value);
}

/** Events that are observed have a place for doubts; the others keep them among their extensions. */
function withFlags(type: EventType, flags: readonly string[], data: Data): Data {
  if (flags.length === 0) return {};
  return hasFlags(type) ? { flags } : { extensions: { ...(data.extensions as Data | undefined), flags } };
}
