import {
  type EventDraft,
  type Millis,
  type PortolanEvent,
  type RunLeg,
  type Service,
  type State,
  type TransportReference,
  formatInstant,
  parseInstant,
  runsMeant,
} from '@portolan/domain';
import type { Draws } from '../random.js';
import type { Told } from '../script.js';
import { transportPattern } from '../selection.js';
import type { ChangeOf } from '../variants.js';
import { amountOf } from './amount.js';
import { said } from './events.js';

type Run = Service & { readonly kind: 'run'; readonly legs: readonly RunLeg[] };

/**
 * Runs that have not ended are late: estimates say so now, for each call still to come, and what the log says of them later is so much
 * later, and told so much later where it has happened.
 */
export function delayed(change: ChangeOf<'delay'>, state: State, draws: Draws): Told {
  const late = new Map(
    runsLike(state, change.change.transport).map((run) => [
      run.id,
      Math.round(amountOf(change.change.by, `${change.pointer}/${run.id}`, draws) / 1000) * 1000,
    ]),
  );
  const events = [...late].flatMap(([id, by]) => estimates(change, state.services.get(id) as Run, by));
  return { events, rewrite: (event) => [shifted(event, state, late)] };
}

/** By service, vessel or voyage, in order of their ids. */
function runsLike(state: State, text: string): Run[] {
  const pattern = transportPattern(text);
  return [...state.services.values()]
    .filter((service): service is Run => service.kind === 'run')
    .filter(({ id, names, voyages }) => [id, ...names.map(bare), ...voyages].some((name) => pattern.test(name)))
    .filter(({ legs }) => !legs.at(-1)!.arrived)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

const bare = (name: string): string => name.replace(/^\w+:/, '');

function estimates(change: ChangeOf<'delay'>, { id, calls }: Run, by: Millis): EventDraft[] {
  return calls.flatMap(({ location, arrival, departure }, index) =>
    (['arrival', 'departure'] as const).flatMap((call) => {
      const moment = call === 'arrival' ? arrival : departure;
      if (!moment || moment.actual !== undefined) return [];
      return said(change, 'org.portolan.transport.called', `${id}/${index + 1}/${call}`, {
        transport: { service: id, callSequence: index + 1 },
        call,
        classifier: 'estimated',
        at: formatInstant(moment.effective + by),
        place: { location },
        remark: 'what if',
      });
    }),
  );
}

/** What an event says of a run that is late, so much later. */
function shifted(event: PortolanEvent, state: State, late: ReadonlyMap<string, Millis>): PortolanEvent {
  if (event.type !== 'org.portolan.transport.called' && event.type !== 'org.portolan.equipment.moved') return event;
  const by = delayOf(event.data.transport, state, late);
  if (by === undefined) return event;
  const later = (text: string) => formatInstant(parseInstant(text)! + by);
  const hasHappened = event.data.classifier === 'actual';
  return {
    ...event,
    ...(hasHappened && { time: later(event.time), recordedtime: later(event.recordedtime) }),
    data: { ...event.data, at: later(event.data.at) },
  } as PortolanEvent;
}

function delayOf(transport: TransportReference | undefined, state: State, late: ReadonlyMap<string, Millis>) {
  if (!transport) return undefined;
  const run = runsMeant(state, transport).runs.find(({ id }) => late.has(id));
  return run && late.get(run.id);
}
