import type { Fault } from '../events/event.js';
import { parseDuration } from '../time/duration.js';
import { parseInstant } from '../time/instant.js';
import type { ProblemDemand, ProblemDocument, ProblemLeg, ProblemService } from './document.js';
import { itineraryId } from './problem.js';

/** Collects what is wrong with a document, each with pointer, value and what would be right. */
class Findings {
  readonly faults: Fault[] = [];

  add(path: readonly (string | number)[], value: unknown, message: string): void {
    const pointer = path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    this.faults.push({ pointer, ...(value !== undefined && { value }), message });
  }
}

/** Everything wrong with a document of the right shape: ids, references, times, and rules for its kind. */
export function checkDocument(document: ProblemDocument): Fault[] {
  const findings = new Findings();
  checkIds(document, findings);
  const locations = new Set(document.locations.map(({ id }) => id));
  checkLocations(document, findings);
  document.services.forEach((service, index) => checkService(service, ['services', index], locations, findings));
  checkSupplies(document, locations, findings);
  const isStatic = document.services.some(({ rotation }) => rotation !== undefined);
  document.demands.forEach((_, index) => checkDemand(document, index, locations, isStatic, findings));
  checkCurrent(document, findings);
  if (isStatic) checkStatic(document, findings);
  return findings.faults;
}

function checkIds(document: ProblemDocument, findings: Findings): void {
  for (const list of ['locations', 'services', 'supplies', 'demands'] as const)
    checkUnique(
      (document[list] ?? []).map(({ id }) => id),
      [list],
      findings,
    );
  document.services.forEach(({ legs = [] }, index) =>
    checkUnique(
      legs.map(({ id }) => id),
      ['services', index, 'legs'],
      findings,
    ),
  );
}

function checkUnique(ids: readonly string[], path: readonly (string | number)[], findings: Findings): void {
  const first = new Map<string, number>();
  ids.forEach((id, index) => {
    if (first.has(id))
      findings.add([...path, index, 'id'], id, `is already the id of entry ${first.get(id)}; ids must be unique`);
    else first.set(id, index);
  });
}

function checkLocations({ locations }: ProblemDocument, findings: Findings): void {
  locations.forEach(({ closures = [] }, index) =>
    closures.forEach(({ from, to }, at) => {
      if (parseInstant(from)! >= parseInstant(to)!)
        findings.add(['locations', index, 'closures', at, 'to'], to, `must be later than \`from\` (${from})`);
    }),
  );
}

type Path = readonly (string | number)[];

function checkService(service: ProblemService, path: Path, locations: ReadonlySet<string>, findings: Findings): void {
  const kinds = (['rotation', 'legs', 'onDemand'] as const).filter((kind) => service[kind] !== undefined);
  if (kinds.length !== 1) findings.add(path, kinds, 'must have exactly one of `rotation`, `legs` and `onDemand`');
  if (service.rotation) checkRotation(service.rotation, [...path, 'rotation'], locations, findings);
  if (service.rotation && service.capacity === undefined)
    findings.add([...path, 'capacity'], undefined, 'is required with `rotation`');
  if (!service.rotation && service.capacity !== undefined)
    findings.add([...path, 'capacity'], service.capacity, 'belongs to rotations; legs and onDemand have their own');
  service.legs?.forEach((leg, index) => checkLeg(leg, service.id, [...path, 'legs', index], locations, findings));
  if (service.onDemand) {
    checkEnds(service.onDemand, [...path, 'onDemand'], locations, findings);
    if (parseDuration(service.onDemand.duration) === 0)
      findings.add([...path, 'onDemand', 'duration'], service.onDemand.duration, 'must be greater than PT0S');
  }
}

function checkRotation(
  rotation: readonly string[],
  path: Path,
  locations: ReadonlySet<string>,
  findings: Findings,
): void {
  if (rotation.length < 2) findings.add(path, rotation, 'must have at least two calls');
  rotation.forEach((location, index) => {
    checkLocation(location, [...path, index], locations, findings);
    if (rotation.length > 1 && location === rotation[(index + 1) % rotation.length])
      findings.add([...path, index], location, 'is called twice in a row (the last call is followed by the first)');
  });
}

function checkLeg(
  leg: ProblemLeg,
  service: string,
  path: Path,
  locations: ReadonlySet<string>,
  findings: Findings,
): void {
  checkEnds(leg, path, locations, findings);
  if (parseInstant(leg.arrives)! <= parseInstant(leg.departs)!)
    findings.add(
      [...path, 'arrives'],
      leg.arrives,
      `of leg ${service}/${leg.id} is not after departs (${leg.departs}). Maybe one lacks its time zone`,
    );
}

function checkEnds(
  { from, to }: { from: string; to: string },
  path: Path,
  locations: ReadonlySet<string>,
  findings: Findings,
): void {
  checkLocation(from, [...path, 'from'], locations, findings);
  checkLocation(to, [...path, 'to'], locations, findings);
  if (from === to) findings.add([...path, 'to'], to, 'must differ from `from`');
}

function checkLocation(id: string, path: Path, locations: ReadonlySet<string>, findings: Findings): void {
  if (!locations.has(id)) findings.add(path, id, 'is not the id of any of `locations`');
}

function checkSupplies({ supplies = [] }: ProblemDocument, locations: ReadonlySet<string>, findings: Findings): void {
  supplies.forEach(({ location }, index) =>
    checkLocation(location, ['supplies', index, 'location'], locations, findings),
  );
}

function checkDemand(
  document: ProblemDocument,
  index: number,
  locations: ReadonlySet<string>,
  isStatic: boolean,
  findings: Findings,
): void {
  const demand = document.demands[index]!;
  const path: Path = ['demands', index];
  const starts = (['from', 'product', 'onBoard'] as const).filter((start) => demand[start] !== undefined);
  if (starts.length !== 1) findings.add(path, starts, 'must have exactly one of `from`, `product` and `onBoard`');
  checkLocation(demand.to, [...path, 'to'], locations, findings);
  if (demand.from !== undefined) checkLocation(demand.from, [...path, 'from'], locations, findings);
  if (demand.from === demand.to) findings.add([...path, 'to'], demand.to, 'must differ from `from`');
  if (demand.onBoard) checkOnBoard(document, demand, path, findings);
  if (!isStatic) checkReadiness(document, demand, path, findings);
}

function checkOnBoard(
  { services }: ProblemDocument,
  { onBoard, available }: ProblemDemand,
  path: Path,
  findings: Findings,
): void {
  const legs = services.find(({ id }) => id === onBoard!.service)?.legs;
  if (!legs?.some(({ id }) => id === onBoard!.leg))
    findings.add([...path, 'onBoard'], onBoard, 'is not a scheduled leg of any of `services`');
  if (available !== undefined)
    findings.add(
      [...path, 'available'],
      available,
      'must be left out for goods on board: they are ready when their leg arrives',
    );
}

function checkReadiness(
  { supplies = [] }: ProblemDocument,
  demand: ProblemDemand,
  path: Path,
  findings: Findings,
): void {
  if (demand.available !== undefined || demand.onBoard) return;
  if (demand.from !== undefined)
    findings.add([...path, 'available'], undefined, 'is required: when the goods are ready');
  if (demand.product === undefined) return;
  const never = supplies.filter(({ product, available }) => product === demand.product && available === undefined);
  for (const { id } of never)
    findings.add(
      [...path, 'available'],
      undefined,
      `is required, since supply ${id} of ${demand.product} has none either`,
    );
}

function checkCurrent({ current = [] }: ProblemDocument, findings: Findings): void {
  const seen = new Set<string>();
  current.forEach(({ demand, supply, itinerary }, index) => {
    const key = itineraryId(demand, supply, itinerary);
    if (seen.has(key))
      findings.add(['current', index], demand, 'repeats an entry with the same demand, supply and itinerary');
    seen.add(key);
  });
}

const staticExclusions = {
  locations: ['handlingTime', 'storage', 'spoilageFactor', 'closures'],
  demands: [
    'available',
    'due',
    'latest',
    'latePerUnitHour',
    'spoilagePerUnitHour',
    'minShelfLife',
    'reefer',
    'product',
    'onBoard',
  ],
} as const;

/** A problem with a rotation is static: no times, and nothing that depends on them. */
function checkStatic(document: ProblemDocument, findings: Findings): void {
  const why = 'has no meaning in a static problem (one with a `rotation`)';
  document.services.forEach((service, index) => {
    if (!service.rotation)
      findings.add(['services', index], service.id, 'must be a rotation, since another service is');
  });
  for (const list of ['locations', 'demands'] as const)
    document[list].forEach((entry, index) => {
      for (const field of staticExclusions[list]) {
        const value = (entry as Record<string, unknown>)[field];
        if (value !== undefined) findings.add([list, index, field], value, why);
      }
    });
  for (const list of ['supplies', 'current'] as const)
    if ((document[list] ?? []).length > 0) findings.add([list], undefined, why);
  if (document.parameters?.maxLegs !== undefined)
    findings.add(['parameters', 'maxLegs'], document.parameters.maxLegs, why);
}
