import { type LinearProgram, type LpColumn, type LpSolution, standing } from '../engines/engine.js';
import type { Group, Row, Variable } from './program.js';

/** What takes over where the simplex is slow. */
export interface LinearSolver {
  solve(program: LinearProgram): LpSolution;
}

/** Where all stand at a vertex: in its basis, or at their upper bounds. All others are at nothing. */
export interface Vertex {
  readonly basic: ReadonlySet<Variable>;
  readonly atUpper: ReadonlySet<Variable>;
}

/** An optimal vertex found by another solver. Rows and variables that are gone have no part in it. */
export function vertexBy(solver: LinearSolver, groups: Iterable<Group>, rows: readonly Row[]): Vertex {
  const some = [...groups].filter(({ gone }) => !gone);
  const columns: LpColumn[] = [];
  const variables: Variable[] = [];
  some.forEach(({ members }, group) => {
    for (const variable of members) {
      if (variable.gone) continue;
      variables.push(variable);
      columns.push({
        cost: variable.cost,
        upper: variable.upper,
        rows: [group, ...variable.rows.map(({ index }) => some.length + index)],
        values: [1, ...variable.units],
      });
    }
  });
  if (columns.length === 0) return { basic: new Set(rows.map(({ slack }) => slack)), atUpper: new Set() };
  const { basis } = solver.solve({
    rows: [
      ...some.map(({ amount }) => ({ lower: amount, upper: amount })),
      ...rows.map(({ space }) => ({ lower: -Infinity, upper: space })),
    ],
    columns,
  });
  const [basic, atUpper] = [new Set<Variable>(), new Set<Variable>()];
  variables.forEach((variable, at) => {
    const stands = basis?.columns[at];
    if (stands === standing.basic) basic.add(variable);
    else if (stands === standing.upper) atUpper.add(variable);
  });
  // The artificial of a group's row is just like what the group is left with.
  some.forEach(({ rest }, at) => {
    if (basis?.rows[at] === standing.basic) basic.add(rest);
  });
  rows.forEach(({ slack }, at) => {
    if (basis?.rows[some.length + at] === standing.basic) basic.add(slack);
  });
  return { basic, atUpper };
}
