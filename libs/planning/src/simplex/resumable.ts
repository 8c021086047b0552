import type { Packer, Unpacker } from '../packing.js';
import { type Group, type Row, type Variable, place } from './program.js';
import { Tableau } from './tableau.js';

/** Numbers by which whoever uses a program finds its parts again; -1 for what is gone and only leaves the basis later. */
export interface Names {
  row(row: Row): number;
  group(group: Group): number;
  variable(variable: Variable): number;
}

/** Told of each part of a program that comes back, with its number. */
export interface Comeback {
  row(row: Row, name: number): void;
  group(group: Group, name: number): void;
  variable(variable: Variable, name: number): void;
}

const [RETIRED, UNUSED] = [2, 4];
const [GONE, REST] = [4, 8];

/** A program that can be written down at its vertex, and goes on from there: without a pivot, where nothing has changed meanwhile. */
export class Resumable extends Tableau {
  /** At an optimum. */
  save(to: Packer, names: Names): void {
    const unused = new Set(this.unused);
    to.int(this.leeway.state);
    to.int(this.rows.length);
    for (const row of this.rows) {
      const isBasic = row.slack.stands === place.basic ? 1 : 0;
      to.int(names.row(row));
      to.int(isBasic | (this.retired.has(row) ? RETIRED : 0) | (unused.has(row) ? UNUSED : 0));
      for (const value of [row.limit, row.leeway, row.price]) to.double(value);
    }
    to.int(this.all.size);
    for (const group of this.all) {
      to.int(names.group(group));
      to.int(group.gone ? 1 : 0);
      for (const value of [group.quantity, group.leeway]) to.double(value);
      to.int(group.members.size);
      for (const member of group.members) saveVariable(to, member, group.rest === member, names.variable(member));
    }
  }

  /** Into a program that has nothing yet. */
  resume(from: Unpacker, told: Comeback): void {
    const basic = new Set<Variable>();
    const atUpper = new Set<Variable>();
    const gone: (Group | Variable)[] = [];
    const leeway = from.int();
    const unused: Row[] = [];
    for (let rows = from.int(); rows > 0; rows--) this.resumeRow(from, told, { basic, unused });
    this.unused.push(...unused);
    for (let groups = from.int(); groups > 0; groups--) this.resumeGroup(from, told, { basic, atUpper, gone });
    this.leeway.state = leeway;
    this.stand({ basic, atUpper });
    for (const each of gone) each.gone = true;
  }

  private resumeRow(from: Unpacker, told: Comeback, { basic, unused }: { basic: Set<Variable>; unused: Row[] }): void {
    const [name, flags] = [from.int(), from.int()];
    const row = this.addRow(from.double());
    row.leeway = from.double();
    this.setPrice(row, from.double());
    if (flags & 1) basic.add(row.slack);
    if (flags & RETIRED) this.retired.add(row);
    if (flags & UNUSED) unused.push(row);
    told.row(row, name);
  }

  private resumeGroup(
    from: Unpacker,
    told: Comeback,
    { basic, atUpper, gone }: { basic: Set<Variable>; atUpper: Set<Variable>; gone: (Group | Variable)[] },
  ): void {
    const [name, isGone] = [from.int(), from.int()];
    const group = this.addGroup(from.double(), 0);
    group.leeway = from.double();
    if (isGone) gone.push(group);
    told.group(group, name);
    for (let members = from.int(); members > 0; members--) {
      const [label, flags, rows, units] = [from.int(), from.int(), from.list(), from.list()];
      const [cost, upper] = [from.double(), from.double()];
      const variable =
        flags & REST
          ? group.rest
          : this.addVariable(
              group,
              Array.from(rows, (row) => this.rows[row]!),
              [...units],
              cost,
              upper,
            );
      if (flags & REST) this.setCost(variable, cost);
      if ((flags & 3) === place.upper) atUpper.add(variable);
      else if ((flags & 3) >= place.basic) basic.add(variable);
      if (flags & GONE) gone.push(variable);
      told.variable(variable, label);
    }
  }
}

function saveVariable(
  to: Packer,
  { stands, gone, rows, units, cost, upper }: Variable,
  isRest: boolean,
  name: number,
): void {
  to.int(name);
  to.int(stands | (gone ? GONE : 0) | (isRest ? REST : 0));
  to.int(rows.length);
  for (const { index } of rows) to.int(index);
  to.list(units);
  to.double(cost);
  to.double(upper);
}
