import type { Millis } from '@portolan/domain';
import { containerNumber } from '../identifiers/container.js';
import type { Fields } from '../json/fields.js';
import { isObject } from '../json/json.js';
import type { Light } from './light.js';
import type { Notice } from './notice.js';

/** Names of holds that Terminal49 gives; what is not in its list is not on hold. */
const kinds = ['customs', 'freight', 'tmf', 'usda', 'other'];

/** A webhook of Terminal49 (JSON:API) has its containers among what is included. */
export const isWebhook = (value: Readonly<Record<string, unknown>>): boolean =>
  isObject(value.data) && (value.data.type === 'webhook_notification' || value.data.type === 'container');

/** The notices of a webhook: one for each container with `holds_at_pod_terminal`. */
export function noticesIn(root: Fields, received: Millis): Notice[] {
  const data = root.object('data');
  const created = data?.object('attributes')?.has('created_at')
    ? data.object('attributes')!.instant('created_at', received)
    : undefined;
  const resources = [...(data?.peek('type') === 'container' ? [data] : []), ...root.list('included')];
  return resources.flatMap((each) => {
    const attributes = each.peek('type') === 'container' ? each.object('attributes') : undefined;
    return attributes?.has('holds_at_pod_terminal') ? (noticeOf(attributes, created, received) ?? []) : [];
  });
}

function noticeOf(attributes: Fields, created: string | undefined, received: Millis): Notice | undefined {
  const { number, flag } = containerNumber(attributes.text('number', 20) ?? '');
  attributes.flag(flag);
  if (number === undefined) return attributes.fault('number', 'is required: whose holds are they?');
  const at = attributes.has('terminal_checked_at') ? attributes.instant('terminal_checked_at', received) : created;
  if (at === undefined) return attributes.fault('terminal_checked_at', 'is required: since when?');
  const holds = attributes.list('holds_at_pod_terminal').flatMap((each) => holdIn(each, at) ?? []);
  const free = kinds.filter((kind) => holds.every((hold) => hold.kind !== kind));
  const released = free.map((kind): Light => ({ kind, status: 'released', at, reason: `no hold by ${kind}` }));
  return { container: number, bills: [], lights: [...holds, ...released] };
}

function holdIn(hold: Fields, at: string): Light | undefined {
  const kind = hold.requiredText('name', 50)?.toLowerCase();
  const status = hold.has('status') ? hold.code('status', { hold: 'hold', pending: 'pending' }) : 'hold';
  const description = hold.text('description', 900);
  if (kind === undefined || status === undefined) return undefined;
  const reason = `${kind} is ${status === 'hold' ? 'on hold' : 'pending'}`;
  return { kind, status: 'held', at, reason: description === undefined ? reason : `${reason}: ${description}` };
}
