import { type Leg, type Problem, type Voyage, itineraryId, stepOfLeg } from '@portolan/domain';
import { highsLibrary } from '../engines/highs.js';
import { type Itinerary, itinerariesOf } from './itineraries.js';

/** The least total cost of a small problem: one linear program over all its itineraries, with nothing left out. */
export async function enumeratedOptimum(problem: Problem): Promise<number> {
  const itineraries = itinerariesOf(problem);
  const program = new Program();
  const quantities = itineraries.map(({ cost }) => program.variable(cost));
  const where = (test: (itinerary: Itinerary) => boolean): Term[] =>
    itineraries.flatMap((itinerary, index): Term[] => (test(itinerary) ? [[quantities[index]!, 1]] : []));
  for (const demand of problem.demands) {
    const unserved = program.variable(demand.unservedPenalty);
    const served = where((itinerary) => itinerary.demand === demand);
    program.row(demand.quantity, demand.quantity, [[unserved, 1], ...served]);
  }
  for (const supply of problem.supplies) {
    const drawn = where((itinerary) => itinerary.supply === supply);
    program.row(-Infinity, supply.quantity, drawn);
  }
  limitLegs(problem, program, itineraries, quantities);
  keepCurrent(problem, program, itineraries, quantities);
  return program.minimum();
}

function limitLegs(
  { legs, voyages }: Problem,
  program: Program,
  itineraries: readonly Itinerary[],
  quantities: readonly number[],
): void {
  const uses = new Map<Leg | Voyage, Term[]>();
  const reefers = new Map<Leg | Voyage, Term[]>();
  itineraries.forEach(({ demand, legs }, index) => {
    for (const leg of new Set(legs)) {
      const term: Term = [quantities[index]!, legs.filter((each) => each === leg).length];
      uses.set(leg, [...(uses.get(leg) ?? []), term]);
      if (demand.reefer) reefers.set(leg, [...(reefers.get(leg) ?? []), term]);
    }
  });
  for (const leg of [...legs, ...voyages]) program.row(-Infinity, leg.capacity, uses.get(leg) ?? []);
  for (const leg of legs) program.row(-Infinity, leg.plugs, reefers.get(leg) ?? []);
}

/** The penalty for all that is in force, less what is kept of it. */
function keepCurrent(
  { document, changePenalty }: Problem,
  program: Program,
  itineraries: readonly Itinerary[],
  quantities: readonly number[],
): void {
  const byId = new Map(
    itineraries.map(({ demand, supply, legs }, index) => [
      itineraryId(demand.id, supply?.id, legs.map(stepOfLeg)),
      quantities[index]!,
    ]),
  );
  for (const { demand, supply, itinerary, quantity } of document.current ?? []) {
    program.offset += changePenalty * quantity;
    const travels = byId.get(itineraryId(demand, supply, itinerary));
    if (travels === undefined) continue;
    const kept = program.variable(-changePenalty, quantity);
    program.row(-Infinity, 0, [
      [kept, 1],
      [travels, -1],
    ]);
  }
}

/** A variable and its coefficient. */
type Term = readonly [number, number];

/** A linear program to minimise; all variables are at least 0. */
class Program {
  offset = 0;
  private readonly costs: number[] = [];
  private readonly most: number[] = [];
  private readonly rows: { readonly lower: number; readonly upper: number; readonly terms: readonly Term[] }[] = [];

  variable(cost: number, most = Infinity): number {
    this.costs.push(cost);
    this.most.push(most);
    return this.costs.length - 1;
  }

  row(lower: number, upper: number, terms: readonly Term[]): void {
    this.rows.push({ lower, upper, terms });
  }

  async minimum(): Promise<number> {
    const library = await highsLibrary();
    return library.withModel((model) => {
      model.options.set({ output_flag: false });
      model.passModel(this.model());
      const { modelStatus } = model.run();
      if (modelStatus !== library.constants.modelStatus.optimal) throw new Error(`HiGHS ended with ${modelStatus}`);
      return model.getObjectiveValue();
    });
  }

  private model() {
    const { costs, most, rows, offset } = this;
    const starts = [0];
    for (const { terms } of rows) starts.push(starts.at(-1)! + terms.length);
    const terms = rows.flatMap((row) => row.terms);
    return {
      numCols: costs.length,
      numRows: rows.length,
      offset,
      colCost: costs,
      colLower: costs.map(() => 0),
      colUpper: most,
      rowLower: rows.map(({ lower }) => lower),
      rowUpper: rows.map(({ upper }) => upper),
      matrix: {
        format: 'csr' as const,
        numRows: rows.length,
        numCols: costs.length,
        starts,
        indices: terms.map(([variable]) => variable),
        values: terms.map(([, coefficient]) => coefficient),
      },
    };
  }
}
