import type { EventData, PortolanEvent } from '@portolan/domain';
import type { Told } from '../script.js';
import type { ChangeOf } from '../variants.js';
import { said } from './events.js';

/** A parameter has another value from now on, whatever the log says of it later. */
export function parameterSet(change: ChangeOf<'set'>): Told {
  const { parameter, value } = change.change;
  const data = { [parameter]: value } as EventData<'org.portolan.parameters.changed'>;
  const rewrite = (event: PortolanEvent): readonly PortolanEvent[] =>
    event.type === 'org.portolan.parameters.changed' && parameter in event.data
      ? [{ ...event, data: { ...event.data, ...data } }]
      : [event];
  return { events: [said(change, 'org.portolan.parameters.changed', parameter, data)], rewrite };
}
