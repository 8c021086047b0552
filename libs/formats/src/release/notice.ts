import type { Millis } from '@portolan/domain';
import { containerNumber } from '../identifiers/container.js';
import type { Fields } from '../json/fields.js';
import { type Light, firstOf, lightAt, lightIn, statusOf } from './light.js';
import { actionsOf, eventsOf } from './words.js';

/** Whose goods, and the lights that are told. */
export interface Notice {
  readonly container: string | undefined;
  /** Only where no container is named: a bill may be of several, which are released one by one. */
  readonly bills: readonly string[];
  readonly lights: readonly Light[];
}

const containerFields = ['container', 'containerNumber', 'equipmentNumber', 'equipmentReference', 'equipment'];
const billFields = ['billOfLading', 'billOfLadingNumber', 'billOfLadingNumbers', 'transportDocumentReference', 'bl'];
const saidFields = [
  'timestamp',
  'releaseDateTimeUtc',
  'releaseDatetime',
  'storedOn',
  'eventTimestamp',
  'since',
  'at',
  'updatedAt',
];
/** Lights that a flat notice may have beside its other fields; `terminal` is one where it says no name. */
const flatLights = ['customs', 'commercial', 'freight', 'veterinary', 'phytosanitary', 'scan', 'terminal'];

/** Does an object name goods and lights? */
export const looksLikeNotice = (value: Readonly<Record<string, unknown>>): boolean => {
  const has = (names: readonly string[]) => names.some((name) => Object.hasOwn(value, name));
  if (!has([...containerFields, ...billFields, 'releaseIdentification'])) return false;
  return (
    has(['lights', 'greenLights', 'actionType', 'releaseDatetime', 'customs', 'commercial']) ||
    (has(['event']) && has(['storedOn', 'publicReferenceId']))
  );
};

/** A notice of any shape that docs/formats-release.md lists. Faults where goods, lights or times are missing. */
export function noticeIn(root: Fields, received: Millis): Notice | undefined {
  const field = firstOf(root, saidFields);
  const said = field === undefined ? undefined : root.instant(field, received);
  const goods = goodsIn(root);
  const lights = lightsIn(root, said, received);
  if (lights.length === 0 && root.notes.faults.length === 0)
    root.fault('', `tells of no light: it needs lights, greenLights, actionType, event, or ${flatLights.join(', ')}`);
  return goods && { ...goods, lights };
}

function goodsIn(root: Fields): Omit<Notice, 'lights'> | undefined {
  const name = firstOf(root, containerFields);
  const read = name === undefined ? undefined : containerNumber(root.text(name, 20) ?? '');
  root.flag(read?.flag);
  if (read?.number !== undefined) return { container: read.number, bills: [] };
  const bill = firstOf(root, billFields);
  const bills = bill === undefined ? [] : root.textOrTexts(bill);
  if (bills.length > 0) return { container: undefined, bills };
  return root.fault('', `must name its goods: one of ${[...containerFields, ...billFields].join(', ')}`);
}

function lightsIn(root: Fields, said: string | undefined, received: Millis): Light[] {
  const named = ['lights', 'greenLights'].find((name) => root.has(name));
  if (named !== undefined)
    return Array.isArray(root.peek(named)) ? listed(root, named, said, received) : nested(root, named, said, received);
  if (root.has('actionType')) return word(root, 'actionType', actionsOf(root), said);
  if (root.has('event')) return word(root, 'event', eventsOf, said);
  if (root.has('releaseDatetime')) return said === undefined ? [] : [customsReleased(said)];
  return flat(root, said, received);
}

/** `lights` as a list with the name of each: Certified Pick-up, `GreenLightShortInfo` and `GreenLightResult`. */
function listed(root: Fields, name: string, said: string | undefined, received: Millis): Light[] {
  return root.list(name).flatMap((each) => {
    const kind = firstOf(each, ['greenLightName', 'name', 'kind', 'type']);
    const text =
      kind === undefined ? each.fault('greenLightName', 'is required: whose light is it?') : each.text(kind, 50);
    return text === undefined ? [] : (lightIn(each, kindNamed(text), said, received) ?? []);
  });
}

/** `lights` as an object with a field for each. */
function nested(root: Fields, name: string, said: string | undefined, received: Millis): Light[] {
  const lights = root.object(name);
  return (lights?.names() ?? []).flatMap((each) => lightAt(lights!, each, kindNamed(each), said, received) ?? []);
}

function flat(root: Fields, said: string | undefined, received: Millis): Light[] {
  return flatLights
    .filter((name) => root.has(name) && (name !== 'terminal' || isLight(root.peek(name))))
    .flatMap((name) => lightAt(root, name, name, said, received) ?? []);
}

const isLight = (value: unknown): boolean => typeof value !== 'string' || statusOf(value) !== undefined;

function word(
  root: Fields,
  name: string,
  meanings: Readonly<Record<string, readonly [kind: string, status: Light['status']]>>,
  said: string | undefined,
): Light[] {
  const found = root.code(name, meanings);
  if (!found) return [];
  if (said === undefined) root.fault(name, 'has no time: say since when with releaseDateTimeUtc or timestamp');
  if (said === undefined) return [];
  const [kind, status] = found;
  const reason = root.text('reasonForAction', 900);
  const action = `${kind}: ${String(root.peek(name))}`;
  return [{ kind, status, at: said, reason: reason === undefined ? action : `${action} (${reason})` }];
}

const customsReleased = (at: string): Light => ({
  kind: 'customs',
  status: 'released',
  at,
  reason: 'customs is released',
});

/** `CustomsRelease`, `customs_light` and `Customs` are one kind. */
const kindNamed = (text: string): string => {
  const bare = text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .replace(/ (?:release|light|status|hold|ok)$/, '')
    .trim();
  return (bare || text).slice(0, 50);
};
