import { parseInstant } from '../time/instant.js';
import type { PositionedEvent } from './fact.js';
import { foldBatch } from './fold.js';
import { emptyState } from './state.js';
import { Log, march, network } from './testing/log.js';

const berthed = (log: Log, classifier: 'estimated' | 'requested' | 'actual' = 'estimated') =>
  log.say('org.portolan.transport.called', {
    transport: { callReference: 'service-1' },
    classifier,
    at: march('03T16:00'),
    place: {},
  });

const described = (log: Log) =>
  log
    .say('org.portolan.call.described', {
      reference: 'port-1',
      transport: { imo: '9321483' },
      place: { unlocode: 'BEANR' },
    })
    .say('org.portolan.call.described', {
      reference: 'terminal-1',
      within: 'port-1',
      transport: { voyages: ['101E'], callReference: 'carrier-7' },
    })
    .say('org.portolan.call.described', {
      reference: 'service-1',
      within: 'terminal-1',
      call: 'arrival',
      place: { unlocode: 'BEANR', facility: 'KB' },
    });

const arrival = (log: { state: ReturnType<typeof foldBatch> }) => {
  const run = log.state.services.get('BARGE-1');
  return run?.kind === 'run' ? run.calls[1]!.arrival : undefined;
};

describe('a time that names nothing but the reference of a service at a call', () => {
  it('is that of the call which the reference, and what it is a part of, were described as', () => {
    expect(arrival(berthed(described(network())))?.estimated).toBe(parseInstant(march('03T16:00')));
  });

  it('waits for the descriptions, in whatever order all of them come', () => {
    const { events } = described(berthed(network()));
    const state = foldBatch(emptyState('test'), events);
    expect(arrival({ state })?.estimated).toBe(parseInstant(march('03T16:00')));
    const late = [...events.slice(-3).reverse(), ...events.slice(0, -3)].map(
      ({ event }, position): PositionedEvent => ({ event, position }),
    );
    expect(arrival({ state: foldBatch(emptyState('test'), late) })?.estimated).toBe(parseInstant(march('03T16:00')));
    expect(state.strays.size).toBe(0);
  });

  it('moves along when its reference is described as another place', () => {
    const log = berthed(described(network())).say('org.portolan.call.described', {
      reference: 'service-1',
      within: 'terminal-1',
      call: 'arrival',
      place: { unlocode: 'BELGG' },
    });
    expect(arrival(log)?.estimated).toBeUndefined();
  });

  it('moves nothing while nobody says whether it is an arrival', () => {
    const log = described(network()).say('org.portolan.transport.called', {
      transport: { callReference: 'terminal-1' },
      classifier: 'actual',
      at: march('03T16:00'),
      place: {},
    });
    expect(arrival(log)?.actual).toBeUndefined();
  });

  it('waits again when a description is taken back', () => {
    const log = berthed(described(network()), 'actual');
    const id = log.events.find(
      ({ event }) => event.type === 'org.portolan.call.described' && event.data.reference === 'port-1',
    )!.event.id;
    expect(arrival(log)?.actual).toBeDefined();
    expect(arrival(log.say('org.portolan.event.retracted', { retracts: id }))?.actual).toBeUndefined();
  });

  it('is found by a run that has the reference itself', () => {
    const log = new Log()
      .say('org.portolan.location.changed', { id: 'A' })
      .say('org.portolan.location.changed', { id: 'B' });
    log.say('org.portolan.service.scheduled', {
      id: 'BARGE-1',
      mode: 'barge',
      calls: [
        { location: 'A', departs: march('03T06:00') },
        { location: 'B', arrives: march('03T12:00'), callReference: 'service-1' },
      ],
      legs: [{ capacity: 1 }],
    });
    expect(arrival(berthed(described(log)))?.estimated).toBe(parseInstant(march('03T16:00')));
  });
});
