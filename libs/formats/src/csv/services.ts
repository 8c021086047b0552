import type { EventData, Fault } from '@portolan/domain';
import { draftOf } from '../draft.js';
import { imoNumber } from '../identifiers/imo.js';
import { compact } from '../json/content.js';
import { type Item, accepted, rejected } from '../reading.js';
import { type Origin, attributesOf } from './goods.js';
import { type Read, cellFault } from './record.js';

type Service = EventData<'org.portolan.service.scheduled'>;
const legTerms = ['capacity', 'cost', 'co2eKg', 'reeferPlugs', 'spoilageFactor'] as const;
const ofTheRun = ['mode', 'operator', 'name', 'vessel', 'imo', 'mmsi', 'revision'] as const;

/** Rows by their service, in the order in which services first appear. */
export function byService(records: readonly Read[]): readonly (readonly Read[])[] {
  const groups = new Map<unknown, Read[]>();
  for (const record of records) {
    const key = record.values.service ?? record.pointer;
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return [...groups.values()];
}

/** A transport run out of the rows of its calls, or an on-demand relation out of its one row. */
export function serviceItem(records: readonly Read[], origin: Origin): Item {
  const first = records[0]!;
  const onDemand =
    first.values.from !== undefined || first.values.to !== undefined || first.values.duration !== undefined;
  const faults = [...records.flatMap((each) => each.faults), ...contradictions(records), ...withoutMode(records)];
  faults.push(...(onDemand ? relationFaults(records) : callFaults(records)));
  if (faults.length > 0) return rejected(first.row.index, first.pointer, faults);
  const contents = records.map(({ values }) => values);
  const data = { ...runOf(records), ...(onDemand ? { onDemand: relationOf(first) } : callsOf(records)) } as Service;
  const attributes = attributesOf(origin, 'services', data.id, contents, valueOf(records, 'revision'));
  const made = draftOf('org.portolan.service.scheduled', attributes, data, '');
  if (made.ok) return accepted(first.row.index, first.pointer, made.draft);
  return rejected(
    first.row.index,
    first.pointer,
    made.faults.map((fault) => inRows(fault, records)),
  );
}

/** What a run says of itself, on whichever of its rows. */
function runOf(records: readonly Read[]): Partial<Service> {
  const text = (name: string) => valueOf(records, name) as string | undefined;
  const voyages = [
    ...new Set(records.flatMap(({ values }) => (values.voyage === undefined ? [] : [String(values.voyage)]))),
  ];
  const imo = text('imo') === undefined ? undefined : imoNumber(text('imo')!);
  const vessel = compact({ name: text('vessel'), imo: imo?.imo, mmsi: text('mmsi') });
  return compact({
    id: text('service'),
    mode: text('mode') as Service['mode'] | undefined,
    operator: text('operator'),
    name: text('name'),
    vessel: Object.keys(vessel).length > 0 ? vessel : undefined,
    voyages: voyages.length > 0 ? voyages : undefined,
    extensions: extensionsOf(records, imo?.flag),
  });
}

/** What a mapping kept of the rows, row by row, and the doubts about them. */
function extensionsOf(records: readonly Read[], flag: string | undefined): Service['extensions'] {
  const kept = records.map(({ values }) => (values.extensions ?? {}) as Record<string, unknown>);
  const flags = new Set(kept.flatMap((each) => (each.flags ?? []) as string[]).concat(flag ?? []));
  const rows = kept.map(({ flags: _, ...rest }) => rest);
  const extensions = compact({
    rows: rows.some((row) => Object.keys(row).length > 0) ? rows : undefined,
    flags: flags.size > 0 ? [...flags] : undefined,
  });
  return Object.keys(extensions).length > 0 ? extensions : undefined;
}

function callsOf(records: readonly Read[]): Pick<Service, 'calls' | 'legs'> {
  const calls = records.map(({ values: { location, arrives, departs, call } }) =>
    compact({ location, arrives, departs, callReference: call }),
  );
  const legs = records.slice(0, -1).map(termsOf);
  return { calls, legs } as Pick<Service, 'calls' | 'legs'>;
}

const termsOf = ({ values }: Read) => compact(Object.fromEntries(legTerms.map((name) => [name, values[name]])));
const relationOf = (record: Read) => ({
  from: record.values.from,
  to: record.values.to,
  duration: record.values.duration,
  ...termsOf(record),
});

const valueOf = (records: readonly Read[], name: string): unknown =>
  records.find(({ values }) => values[name] !== undefined)?.values[name];

/** Empty cells agree with everything; two different ones do not agree. */
function contradictions(records: readonly Read[]): Fault[] {
  return ofTheRun.flatMap((name) => {
    const said = valueOf(records, name);
    return records
      .filter(({ values }) => values[name] !== undefined && values[name] !== said)
      .map(({ row, values }) =>
        cellFault(row, name, `must be as in the rows before of this service (${String(said)})`, values[name]),
      );
  });
}

const withoutMode = (records: readonly Read[]): Fault[] =>
  records.some(({ values, faults }) => values.mode !== undefined || faults.length > 0)
    ? []
    : [cellFault(records[0]!.row, 'mode', 'is required on one row of a service at least')];

function relationFaults([first, ...more]: readonly Read[]): Fault[] {
  const needed = ['from', 'to', 'duration'].filter((name) => first!.values[name] === undefined);
  const odd = ['location', 'arrives', 'departs', 'call'].filter((name) => first!.values[name] !== undefined);
  return [
    ...needed.map((name) => cellFault(first!.row, name, 'is required for an on-demand service')),
    ...odd.map((name) =>
      cellFault(
        first!.row,
        name,
        'is for calls of a scheduled run, and this is an on-demand service',
        first!.values[name],
      ),
    ),
    ...more.map(({ row, values }) =>
      cellFault(row, 'service', 'is there already: an on-demand service has one row', values.service),
    ),
  ];
}

function callFaults(records: readonly Read[]): Fault[] {
  const last = records.at(-1)!;
  if (records.length === 1)
    return last.faults.length > 0
      ? []
      : [
          cellFault(
            last.row,
            'service',
            'has one call only: a run has two or more, a row each; an on-demand service has from, to and duration',
            last.values.service,
          ),
        ];
  return [
    ...records
      .filter(({ values }) => values.location === undefined)
      .map(({ row }) => cellFault(row, 'location', 'is required on every call')),
    ...records
      .slice(0, -1)
      .filter(({ values, faults }) => values.capacity === undefined && faults.length === 0)
      .map(({ row }) => cellFault(row, 'capacity', 'is required: what the leg that leaves this call can take')),
    ...legTerms
      .filter((name) => last.values[name] !== undefined)
      .map((name) => cellFault(last.row, name, 'must be empty on the last call: no leg leaves it', last.values[name])),
    ...records.flatMap(({ row, values }) =>
      ['from', 'to', 'duration']
        .filter((name) => values[name] !== undefined)
        .map((name) => cellFault(row, name, 'is for on-demand services, and this run has calls', values[name])),
    ),
  ];
}

/** `/calls/2/arrives` is the third row's cell, `/legs/0/cost` the first's. */
function inRows({ pointer, message, value }: Fault, records: readonly Read[]): Fault {
  const [, list, index, name = 'service'] = pointer.split('/');
  const { row } = records[list === 'calls' || list === 'legs' ? Number(index ?? 0) : 0] ?? records[0]!;
  return cellFault(row, list === 'calls' || list === 'legs' ? name : list || 'service', message, value);
}
