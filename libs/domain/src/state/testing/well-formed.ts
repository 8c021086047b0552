import type { ProblemDocument } from '../../planning/document.js';

const doubles = (ids: readonly string[]) => ids.filter((id, index) => ids.indexOf(id) !== index);

export function faultsIn(problem: ProblemDocument): string[] {
  const places = new Set(problem.locations.map(({ id }) => id));
  const legs = problem.services.flatMap(({ id, legs = [] }) => legs.map((leg) => ({ ...leg, key: `${id}/${leg.id}` })));
  const faults: string[] = [];
  const must = (holds: boolean, fault: string) => holds || faults.push(fault);
  for (const list of [problem.locations, problem.services, problem.supplies ?? [], problem.demands])
    must(doubles(list.map(({ id }) => id)).length === 0, 'doubled id');
  must(doubles(legs.map(({ key }) => key)).length === 0, 'doubled leg');
  for (const leg of legs) {
    must(places.has(leg.from) && places.has(leg.to) && leg.from !== leg.to, `ends of ${leg.key}`);
    must(leg.departs < leg.arrives && Date.parse(leg.departs) < Date.parse(leg.arrives), `times of ${leg.key}`);
    must(leg.capacity >= 0, `capacity of ${leg.key}`);
  }
  for (const { id, onDemand } of problem.services)
    if (onDemand) must(places.has(onDemand.from) && places.has(onDemand.to), `ends of ${id}`);
  for (const { id, location, quantity } of problem.supplies ?? [])
    must(places.has(location) && quantity > 0, `supply ${id}`);
  for (const demand of problem.demands) {
    const starts = [demand.from, demand.product, demand.onBoard].filter((start) => start !== undefined);
    must(starts.length === 1, `start of ${demand.id}`);
    must(places.has(demand.to) && demand.from !== demand.to, `ends of ${demand.id}`);
    must(demand.from === undefined || (places.has(demand.from) && demand.available !== undefined), `from ${demand.id}`);
    must(!demand.onBoard || demand.available === undefined, `available of ${demand.id}`);
    const on = demand.onBoard && `${demand.onBoard.service}/${demand.onBoard.leg}`;
    must(on === undefined || legs.some(({ key }) => key === on), `leg of ${demand.id}`);
    must(demand.quantity > 0, `quantity of ${demand.id}`);
  }
  const entries = (problem.current ?? []).map(({ quantity: _, ...entry }) => JSON.stringify(entry));
  must(doubles(entries).length === 0, 'doubled current');
  return faults;
}
