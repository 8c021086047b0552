import type { EventData } from '@portolan/domain';
import { compact } from '../json/content.js';
import type { Fields } from '../json/fields.js';
import { uuidIn } from './objects.js';
import { type Identified, wordOf } from './times.js';

type Milestone = EventData<'org.portolan.milestone.reached'>;

/** What ends a call or a service, and what may be ended so (`omit`, `cancel` and `decline` of the standard). */
const endings = [
  { flag: 'omitted', code: 'OMIT', milestone: 'cancelled' },
  { flag: 'cancelled', code: 'CANCEL', milestone: 'cancelled' },
  { flag: 'declined', code: 'DECLINE', milestone: 'rejected' },
] as const;

const things = [
  { field: 'portCallServiceID', type: 'portCallService', flags: ['cancelled', 'declined'] },
  { field: 'terminalCallID', type: 'terminalCall', flags: ['omitted'] },
  { field: 'portCallID', type: 'portCall', flags: ['omitted'] },
] as const;

/** Does an object say that a call or service is no more? */
export const isEnded = (value: Readonly<Record<string, unknown>>): boolean =>
  endings.some(({ flag }) => value[flag] === true);

/**
 * The end of a call or service: a milestone, and its times so far are taken back unless they are actual. The standard tells
 * no time of it: it is taken as of its reception.
 */
export function endingIn(root: Fields, receivedAt: string): Identified[] {
  const ending = endings.find(({ flag }) => root.boolean(flag) === true);
  const thing = things.find(({ field }) => root.has(field));
  if (!ending || !thing) return [];
  if (!(thing.flags as readonly string[]).includes(ending.flag)) {
    root.fault(ending.flag, `is not said of a ${thing.type}, which may be ${thing.flags.join(' or ')}`);
    return [];
  }
  const reference = uuidIn(root, thing.field);
  if (reference === undefined) return [];
  const reason = root.text('reason', 500);
  const data: Milestone = compact({
    milestone: ending.milestone,
    code: ending.code,
    classifier: 'actual' as const,
    at: receivedAt,
    document: { type: thing.type, reference },
    reason,
  });
  const id = `${reference}/${ending.flag}`;
  const milestone = { fact: { type: 'org.portolan.milestone.reached', data, subject: reference }, id } as const;
  return [milestone, ...(thing.type === 'portCallService' ? withdrawals(reference, id, reason) : [])];
}

const withdrawals = (service: string, id: string, reason: string | undefined): Identified[] =>
  ['planned', 'estimated', 'requested'].map((classifier) => ({
    fact: {
      type: 'org.portolan.event.retracted',
      data: compact({ retracts: wordOf(service, classifier), reason }),
    },
    id: `${id}/${classifier}`,
  }));
