import type { Demand, Place, Problem, Voyage } from '@portolan/domain';
import type { LinearProgram } from '@portolan/planning';

type Column = LinearProgram['columns'][number];
type Row = LinearProgram['rows'][number];

/**
 * The whole static problem as a linear program of arc flows, the goods of an origin together: no itinerary has to be found beforehand. Nodes
 * are voyages; a flow goes from a voyage to the next of its service (on board), to another from the same place (a transfer), or ashore.
 */
export function arcFlow({ voyages, demandById }: Problem): LinearProgram {
  const program = new Program();
  const sailing = voyages.filter((voyage) => voyage !== undefined);
  const capacity = new Map(
    sailing.map((voyage) => [voyage, program.row({ lower: -Infinity, upper: voyage.capacity })]),
  );
  const demands = [...demandById.values()].filter(({ quantity }) => quantity > 0);
  const origins = new Map<Place, Demand[]>();
  for (const demand of demands) origins.set(demand.from!, [...(origins.get(demand.from!) ?? []), demand]);
  for (const [origin, goods] of origins) addOrigin(program, origin, goods, sailing, capacity);
  return program;
}

function addOrigin(
  program: Program,
  origin: Place,
  goods: readonly Demand[],
  voyages: readonly Voyage[],
  capacity: ReadonlyMap<Voyage, number>,
): void {
  const node = new Map(voyages.map((voyage) => [voyage, program.row({ lower: 0, upper: 0 })]));
  // Goods ashore after a transfer's discharge: from there they board any other service.
  const hub = new Map<Place, number>();
  const hubOf = (place: Place) => hub.get(place) ?? hub.set(place, program.row({ lower: 0, upper: 0 })).get(place)!;
  const nextOf = followers(voyages);
  for (const voyage of voyages) {
    const arrived = node.get(voyage)!;
    const next = nextOf.get(voyage)!;
    const boards = (cost: number, from: readonly [number, number][], onto: Voyage) =>
      program.column(cost, [...from, [node.get(onto)!, 1], [capacity.get(onto)!, 1]]);
    if (voyage.from === origin) boards(origin.load, [], voyage);
    boards(0, [[arrived, -1]], next);
    program.column(voyage.to.transfer, [
      [arrived, -1],
      [hubOf(voyage.to), 1],
    ]);
    boards(0, [[hubOf(voyage.from), -1]], voyage);
  }
  for (const { to, quantity, revenue, unservedPenalty } of goods) {
    const served = program.row({ lower: quantity, upper: quantity });
    program.column(unservedPenalty, [[served, 1]]);
    for (const voyage of voyages)
      if (voyage.to === to)
        program.column(to.unload - revenue, [
          [served, 1],
          [node.get(voyage)!, -1],
        ]);
  }
}

/** By voyage: the one that goods may stay on board for. */
function followers(voyages: readonly Voyage[]): Map<Voyage, Voyage> {
  const calls = new Map<string, Voyage[]>();
  for (const voyage of voyages) {
    const list = calls.get(voyage.service) ?? [];
    list[voyage.call] = voyage;
    calls.set(voyage.service, list);
  }
  return new Map(
    voyages.map((voyage) => {
      const list = calls.get(voyage.service)!;
      return [voyage, list[(voyage.call + 1) % list.length]!];
    }),
  );
}

class Program implements LinearProgram {
  readonly rows: Row[] = [];
  readonly columns: Column[] = [];

  row(row: Row): number {
    return this.rows.push(row) - 1;
  }

  column(cost: number, entries: readonly (readonly [number, number])[]): void {
    this.columns.push({
      cost,
      upper: Infinity,
      rows: entries.map(([row]) => row),
      values: entries.map(([, value]) => value),
    });
  }
}
