import { type EventData, parseInstant } from '@portolan/domain';
import { distinctFlags, draftOf, itemMade } from '../draft.js';
import { attributeOf, compact, contentHash } from '../json/content.js';
import { Fields, type Notes, kindOf } from '../json/fields.js';
import { isObject } from '../json/json.js';
import { type Item, type Reading, type Reception, rejected, tooMany, unreadable } from '../reading.js';
import type { Light } from './light.js';
import { type Notice, looksLikeNotice, noticeIn } from './notice.js';
import { isWebhook, noticesIn } from './webhook.js';

const SOURCE = '/release';
/** Goods times lights of one notice: each becomes an event. */
const MAX_EVENTS = 2_000;
const lists = ['notices', 'releases', 'containers', 'releaseIdentification'];

/**
 * Release notices (docs/formats-release.md): which lights of a container, or of the goods under a bill of lading, are green. One,
 * a list, or an object with a list `notices`, `releases` or `containers`. One item a notice; each light becomes a milestone,
 * a hold of its own kind.
 */
export function readRelease(message: unknown, reception: Reception): Reading {
  const parts = partsOf(message);
  if (!parts) return unreadable('must be a release notice, a list of them, or an object with a list `notices`');
  const many = tooMany(parts.length);
  if (many) return many;
  return { format: 'release', items: parts.map((part, index) => itemOf(part, index, reception)) };
}

interface Part {
  readonly value: unknown;
  readonly pointer: string;
}

function partsOf(message: unknown): readonly Part[] | undefined {
  if (Array.isArray(message)) return message.map((value, index) => ({ value, pointer: `/${index}` }));
  if (!isObject(message)) return undefined;
  const list = lists.find((name) => Array.isArray(message[name]));
  if (list === undefined) return [{ value: message, pointer: '' }];
  return (message[list] as unknown[]).map((value, index) => ({ value, pointer: `/${list}/${index}` }));
}

/** Does a JSON message look like a release notice? */
export function looksLikeRelease(message: unknown): boolean {
  const first = partsOf(message)?.find(({ value }) => isObject(value))?.value;
  return isObject(first) && (isWebhook(first) || looksLikeNotice(first));
}

function itemOf({ value, pointer }: Part, index: number, { received }: Reception): Item {
  if (!isObject(value))
    return rejected(index, pointer, [{ pointer, value, message: `must be a release notice, is ${kindOf(value)}` }]);
  const notes: Notes = { faults: [], flags: [] };
  const root = new Fields(value, pointer, notes);
  const notices = isWebhook(value) ? noticesIn(root, received) : [noticeIn(root, received) ?? []].flat();
  if (notices.length === 0 && notes.faults.length === 0) root.fault('', 'tells of no light of any goods');
  const events = notices.reduce((sum, notice) => sum + goodsOf(notice).length * notice.lights.length, 0);
  if (events > MAX_EVENTS)
    root.fault('', `has ${events} lights, counted for each of its goods, more than the ${MAX_EVENTS} of a notice`);
  if (notes.faults.length > 0) return rejected(index, pointer, notes.faults);
  return drafted(notices, root, index);
}

function drafted(notices: readonly Notice[], root: Fields, index: number): Item {
  const flags = distinctFlags(root.notes.flags);
  const extensions = root.rest();
  const all = notices.flatMap((notice) =>
    goodsOf(notice).flatMap((goods) => notice.lights.map((light) => ({ goods, light }))),
  );
  const made = all.map(({ goods, light }, at) => {
    const thing = `${goods.equipment ?? goods.document!.reference}/${light.kind}`;
    const data = { ...milestoneOf(light), ...goods, ...(at === 0 && { flags, extensions }) };
    const attributes = {
      id: attributeOf(`${thing}@${contentHash(light)}`),
      source: SOURCE,
      subject: goods.equipment ?? goods.document!.reference,
      time: light.at,
      revisionof: attributeOf(`${SOURCE}#${thing}${light.status === 'other' ? '/other' : ''}`),
      revision: light.at,
    };
    return draftOf('org.portolan.milestone.reached', attributes, compact(data), root.pointer);
  });
  return itemMade(index, root.pointer, made);
}

type Milestone = EventData<'org.portolan.milestone.reached'>;
type Goods = Pick<Milestone, 'equipment' | 'document'>;

const goodsOf = ({ container, bills }: Notice): readonly Goods[] =>
  container === undefined
    ? bills.map((reference) => ({ document: { type: 'TRD', reference } }))
    : [{ equipment: container }];

function milestoneOf({ kind, status, at, expected, reason }: Light): Milestone {
  const later = expected !== undefined && parseInstant(expected)! > parseInstant(at)!;
  return compact({
    milestone: status,
    hold: status === 'other' ? undefined : kind,
    classifier: 'actual' as const,
    at,
    expectedRelease: status === 'held' && later ? expected : undefined,
    reason: reason.slice(0, 1000),
  });
}
