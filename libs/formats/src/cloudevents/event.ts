import { type EventDraft, type Fault, eventData, formatInstant, parseEvent } from '@portolan/domain';
import { kindOf } from '../json/fields.js';
import { isObject, parseJson } from '../json/json.js';
import { nearest } from '../nearest.js';
import { type Item, type Reception, accepted, pointerKey, rejected } from '../reading.js';
import { attributeNames, isAttributeName, receiverSets } from './attributes.js';
import { absurdDates } from './dates.js';

type Attributes = Readonly<Record<string, unknown>>;

/**
 * One CloudEvent in structured form, of one of our types. Without `time` it counts as having occurred on reception (CloudEvents
 * lets it out). Attributes that are not ours are kept under `data.extensions.cloudevents`.
 */
export function readCloudEvent(value: unknown, index: number, pointer: string, reception: Reception): Item {
  if (!isObject(value))
    return rejected(index, pointer, [{ pointer, value, message: `must be a CloudEvent, is ${kindOf(value)}` }]);
  const data = dataOf(value, pointer);
  if (!data.ok) return rejected(index, pointer, data.faults);
  const faults = [
    ...nameFaults(value, pointer),
    ...typeFaults(value, pointer),
    ...dataFaults(value, data.value, pointer),
  ];
  const event = {
    ...ours(value),
    ...received(value, reception),
    ...contentType(value),
    data: withForeign(data.value, value),
  };
  const parsed = parseEvent(event);
  if (!parsed.ok)
    faults.push(
      ...parsed.faults
        .filter(({ pointer: at }) => at !== '/type')
        .map((fault) => ({ ...fault, pointer: pointer + fault.pointer })),
    );
  else faults.push(...absurdDates({ time: parsed.value.time, data: parsed.value.data }, reception.received, pointer));
  if (faults.length > 0 || !parsed.ok) return rejected(index, pointer, faults);
  const { specversion: _s, recordedtime: _r, partitionkey: _p, ...draft } = parsed.value;
  return accepted(index, pointer, draft as EventDraft);
}

/** What only the receiver can say is set so that the schema can look at the rest; it is taken off again. */
function received(value: Attributes, { received: at }: Reception): Attributes {
  const now = formatInstant(at);
  return { time: value.time ?? now, recordedtime: now, partitionkey: 'cell' };
}

const known = new Set(attributeNames);
const sent = new Set(attributeNames.filter((name) => !receiverSets.includes(name)));

function ours(value: Attributes): Record<string, unknown> {
  const own: Record<string, unknown> = {};
  for (const name in value) if (sent.has(name) && value[name] !== null) own[name] = value[name];
  return own;
}

function contentType({ datacontenttype: type }: Attributes): Attributes {
  return typeof type === 'string' && /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)
    ? { datacontenttype: 'application/json' }
    : {};
}

const foreignTo = (value: Attributes): [string, unknown][] =>
  Object.entries(value).filter(([name]) => isStrange(name) && isAttributeName(name));

const isStrange = (name: string): boolean => !known.has(name) && name !== 'data';

function withForeign(data: unknown, value: Attributes): unknown {
  const foreign = Object.keys(value).some(isStrange) ? foreignTo(value) : [];
  if (foreign.length === 0 || !isObject(data)) return data;
  const extensions = isObject(data.extensions) ? data.extensions : {};
  return { ...data, extensions: { ...extensions, cloudevents: Object.fromEntries(foreign) } };
}

function nameFaults(value: Attributes, pointer: string): Fault[] {
  const wrong = Object.keys(value).filter(
    (name) => !known.has(name) && !isAttributeName(name) && name !== 'data_base64',
  );
  return wrong.map((name) => {
    const meant = nearest(name, [...attributeNames, 'data']);
    const hint = meant === undefined ? '' : `; perhaps ${meant}`;
    return {
      pointer: pointer + pointerKey(name),
      value: value[name],
      message: `is no attribute of a CloudEvent: lower-case letters and digits only${hint}`,
    };
  });
}

function typeFaults({ type }: Attributes, pointer: string): Fault[] {
  const at = `${pointer}/type`;
  if (type === undefined || type === null) return [{ pointer: at, message: 'is required' }];
  if (typeof type === 'string' && Object.hasOwn(eventData, type)) return [];
  const meant = typeof type === 'string' ? nearest(type, Object.keys(eventData)) : undefined;
  return [
    {
      pointer: at,
      value: type,
      message: `is not a type this log knows${meant === undefined ? '' : `; perhaps ${meant}`}`,
    },
  ];
}

/** `parseEvent` looks at data only when the type is known: say at least when there is none. */
function dataFaults(value: Attributes, data: unknown, pointer: string): Fault[] {
  return data === undefined && typeof value.type === 'string' && !Object.hasOwn(eventData, value.type)
    ? [{ pointer: `${pointer}/data`, message: 'is required' }]
    : [];
}

type Data = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly faults: readonly Fault[] };

function dataOf(value: Attributes, pointer: string): Data {
  if (!Object.hasOwn(value, 'data_base64')) return { ok: true, value: value.data };
  const at = `${pointer}/data_base64`;
  const text = value.data_base64;
  if (typeof text !== 'string' || Object.hasOwn(value, 'data'))
    return { ok: false, faults: [{ pointer: at, message: 'must be text, and the only data' }] };
  const parsed = parseJson(Buffer.from(text, 'base64').toString('utf8'));
  return parsed.ok ? parsed : { ok: false, faults: parsed.faults.map((fault) => ({ ...fault, pointer: at })) };
}
