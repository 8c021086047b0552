import type { Millis } from '@portolan/domain';
import { nearest } from '../nearest.js';
import { kindOf, type Fields } from '../json/fields.js';
import { isObject } from '../json/json.js';

/** What one authority or party says of goods: that they may go, or that they may not. */
export interface Light {
  /** Whose light it is: `customs`, `commercial`, `terminal` … */
  readonly kind: string;
  readonly status: 'held' | 'released' | 'other';
  readonly at: string;
  readonly expected?: string | undefined;
  readonly reason: string;
}

const words = (status: Light['status'], text: string): [string, Light['status']][] =>
  text.split(' ').map((word) => [word, status]);

/** Colours (Certified Pick-up, `LightColor`: orange and yellow wait for somebody, grey says nothing yet) and plain words. */
const statuses: Readonly<Record<string, Light['status']>> = Object.fromEntries([
  ...words('released', 'green released release unblocked unblock cleared clear ok granted free true'),
  ...words('held', 'red orange yellow amber held hold blocked block pending scanning scan refused rejected false'),
  ...words('other', 'grey gray unknown notapplicable'),
]);

const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]/g, '');

/** What a word or truth value says; `undefined` where nobody can tell. */
export const statusOf = (value: unknown): Light['status'] | undefined => {
  const word = typeof value === 'boolean' || typeof value === 'string' ? plain(String(value)) : '';
  return Object.hasOwn(statuses, word) ? statuses[word] : undefined;
};

/** Names in use for the same thing, the first that is there counts. */
export const firstOf = (fields: Fields, names: readonly string[]): string | undefined =>
  names.find((name) => fields.has(name));

const statusFields = ['color', 'greenLightColor', 'light', 'status', 'greenLightValue', 'value'];
const sinceFields = ['since', 'dateLastUpdated', 'at', 'timestamp', 'updatedAt'];
const expectedFields = ['expected', 'expectedRelease', 'expectedReleaseDateTime'];
const reasonFields = ['reason', 'label', 'description', 'message'];

/** The light `name` of an object: a word, true or false, or an object. Without a time of its own it has the message's. */
export function lightAt(
  owner: Fields,
  name: string,
  kind: string,
  said: string | undefined,
  received: Millis,
): Light | undefined {
  const value = owner.peek(name);
  if (!isObject(value)) return lit(owner, name, kind, value, said);
  return lightIn(owner.object(name)!, kind, said, received);
}

/** A light that is an object. */
export function lightIn(fields: Fields, kind: string, said: string | undefined, received: Millis): Light | undefined {
  const field = firstOf(fields, statusFields);
  if (field === undefined) return fields.fault('', `must have one of ${statusFields.join(', ')}`);
  const [since, expects] = [firstOf(fields, sinceFields), firstOf(fields, expectedFields)];
  const at = since === undefined ? said : fields.instant(since, received);
  const light = lit(fields, field, kind, fields.peek(field), at);
  const expected = expects === undefined ? undefined : fields.instant(expects, received);
  const because = firstOf(fields, reasonFields);
  const reason = because === undefined ? undefined : fields.text(because, 900);
  return light && { ...light, expected, reason: reason === undefined ? light.reason : `${light.reason}: ${reason}` };
}

function lit(fields: Fields, name: string, kind: string, value: unknown, at: string | undefined): Light | undefined {
  const status = statusOf(value);
  fields.understood(name);
  if (!status) return fields.fault(name, unknownWord(value));
  if (at === undefined)
    return fields.fault(name, 'has no time: say since when with since, or when it was said with timestamp');
  return { kind, status, at, reason: `${kind} is ${String(value).toLowerCase()}` };
}

function unknownWord(value: unknown): string {
  const known = Object.keys(statuses);
  const meant = typeof value === 'string' ? nearest(value, known) : undefined;
  const found = typeof value === 'string' ? '' : `, is ${kindOf(value)}`;
  return `must be one of ${known.join(', ')}${found}${meant === undefined ? '' : `; perhaps ${meant}`}`;
}
