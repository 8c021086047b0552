import fc from 'fast-check';
import type { Engine } from '../engines/engine.js';
import { engineNamed } from '../engines/engines.js';
import { seeded } from '../testing/random-problem.js';
import type { Group, Row, Variable } from './program.js';
import { Simplex, type Stamina } from './simplex.js';

const LARGE = 1000;

/** A program in the simplex, and what it consists of, to be solved by another engine. */
class Bench {
  readonly simplex: Simplex;
  readonly rows: Row[] = [];
  readonly groups: Group[] = [];
  variables: Variable[] = [];

  constructor(
    private readonly random: () => number,
    private readonly engine: Engine,
    stamina?: Stamina,
  ) {
    this.simplex = new Simplex(stamina);
    for (let row = 0; row < 6; row++) this.rows.push(this.simplex.addRow(this.whole(12)));
    for (let group = 0; group < 5; group++) this.groups.push(this.simplex.addGroup(this.whole(9), LARGE));
    for (let variable = 0; variable < 18; variable++) this.addVariable();
  }

  whole(most: number): number {
    return Math.floor(this.random() * (most + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.whole(list.length - 1)]!;
  }

  change(): void {
    const kind = this.whole(5);
    if (kind === 0) this.simplex.setLimit(this.pick(this.rows), this.whole(12));
    else if (kind === 1) this.simplex.setQuantity(this.pick(this.groups), this.whole(9));
    else if (kind === 2) this.addVariable();
    else if (this.variables.length > 0) {
      const variable = this.pick(this.variables);
      if (kind === 3) this.simplex.setCost(variable, this.whole(30) - 5);
      else this.removeVariable(variable);
    }
  }

  /** The optimum that the simplex has come to. */
  optimum(): number {
    this.simplex.solve(this.engine);
    const rests = this.groups.map(({ rest }) => rest);
    return [...this.variables, ...rests].reduce((sum, { cost, carries }) => sum + cost * carries, 0);
  }

  optimumByEngine(): number {
    const group = new Map(this.groups.map((each, at) => [each, at]));
    const rests = this.groups.map((each) => ({ cost: LARGE, upper: Infinity, rows: [group.get(each)!], values: [1] }));
    const columns = this.variables.map((variable) => ({
      cost: variable.cost,
      upper: variable.upper,
      rows: [group.get(variable.group!)!, ...variable.rows.map(({ index }) => this.groups.length + index)],
      values: [1, ...variable.units],
    }));
    const rows = [
      ...this.groups.map(({ quantity }) => ({ lower: quantity, upper: quantity })),
      ...this.rows.map(({ limit }) => ({ lower: -Infinity, upper: limit })),
    ];
    const { values } = this.engine.solve({ rows, columns: [...rests, ...columns] });
    return [...rests, ...columns].reduce((sum, { cost }, at) => sum + cost * values[at]!, 0);
  }

  private addVariable(): void {
    const rows = this.rows.filter(() => this.random() < 0.4);
    const units = rows.map(() => 1 + this.whole(1));
    const upper = this.random() < 0.2 ? this.whole(4) : Infinity;
    this.variables.push(this.simplex.addVariable(this.pick(this.groups), rows, units, this.whole(30) - 5, upper));
  }

  private removeVariable(variable: Variable): void {
    this.simplex.remove(variable);
    this.variables = this.variables.filter((each) => each !== variable);
  }
}

describe('the simplex', () => {
  const tempers: readonly (readonly [string, Stamina | undefined])[] = [
    ['as it is used', undefined],
    ['with leeway that is too much', { effort: Infinity, swaps: 0, room: 0.3 }],
    ['without leeway', { effort: Infinity, swaps: Infinity, room: 0 }],
    ['with another solver taking over after each few pivots', { effort: 20, swaps: 2 }],
    ['with another solver taking over at once', { effort: -1, swaps: 300 }],
  ];
  it.each(tempers)(
    'has the optimum of HiGHS through random changes of a program, %s',
    async (_how, stamina) => {
      const engine = await engineNamed('highs');
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const bench = new Bench(seeded(seed), engine, stamina);
          for (let step = 0; step < 6; step++) {
            if (step > 0) for (let count = bench.whole(3); count >= 0; count--) bench.change();
            expect(bench.optimum()).toBeCloseTo(bench.optimumByEngine(), 5);
          }
        }),
        { numRuns: 200 },
      );
    },
    60_000,
  );

  it('keeps to all limits where it is stopped, and goes on where it was', () => {
    const simplex = new Simplex();
    const rows = Array.from({ length: 40 }, () => simplex.addRow(3));
    const variables = Array.from({ length: 200 }, (_, at) => {
      const group = simplex.addGroup(1, LARGE);
      return [1, 7, 11].map((step) => simplex.addVariable(group, [rows[(at * step) % 40]!], [1], at % step, Infinity));
    }).flat();
    const used = () =>
      rows.map((row) => variables.reduce((sum, each) => sum + (each.rows[0] === row ? each.carries : 0), 0));
    const served = () => variables.reduce((sum, { carries }) => sum + carries, 0);
    expect(simplex.solve(undefined, () => true)).toBe(false);
    expect(Math.max(...used())).toBeLessThanOrEqual(3 + 1e-9);
    expect(served()).toBeLessThan(110);
    expect(simplex.solve()).toBe(true);
    expect(Math.max(...used())).toBeLessThanOrEqual(3 + 1e-9);
    expect(served()).toBeCloseTo(120, 6);
  });

  it('keeps nothing of groups and rows that are gone', () => {
    const simplex = new Simplex();
    const rows = [simplex.addRow(4), simplex.addRow(5)];
    for (let round = 0; round < 50; round++) {
      const group = simplex.addGroup(6, LARGE);
      simplex.addVariable(group, [rows[round % 2]!], [1], round, Infinity);
      simplex.solve();
      simplex.removeGroup(group);
      simplex.solve();
    }
    expect(rows.map(({ users }) => users.size)).toEqual([0, 0]);
    expect(simplex.addGroup(1, LARGE).index).toBe(0);
  });

  it('says of every column what it carries, and prices that nobody undercuts', () => {
    const simplex = new Simplex();
    const row = simplex.addRow(4);
    const group = simplex.addGroup(6, 100);
    const told = new Map<string, number>();
    simplex.addVariable(group, [row], [1], 10, Infinity, (x) => told.set('cheap', x));
    simplex.addVariable(group, [], [], 30, Infinity, (x) => told.set('dear', x));
    simplex.solve();
    expect(Object.fromEntries(told)).toEqual({ cheap: 4, dear: 2 });
    expect([row.price, group.price]).toEqual([20, 30]);
  });
});
