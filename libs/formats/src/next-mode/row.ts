import { type Fault, type Millis, type PlaceReference, formatInstant } from '@portolan/domain';
import { containerNumber } from '../identifiers/container.js';
import { imoNumber } from '../identifiers/imo.js';
import { unlocodeOf } from '../identifiers/unlocode.js';
import { compact } from '../json/content.js';
import { momentOf } from '../time/moment.js';
import { type Column, columns } from './columns.js';

/** One line of the file: an exchange of a container at a terminal. */
export interface Exchange {
  readonly container: string;
  readonly mode: string;
  readonly terminal: PlaceReference;
  readonly destination: PlaceReference | undefined;
  readonly pickup: string | undefined;
  readonly delivery: string | undefined;
  readonly voyage: string | undefined;
  readonly references: readonly { readonly type: string; readonly reference: string }[];
  readonly ship: string | undefined;
  readonly flags: readonly string[];
}

/** A line's cells by column, with what is noticed about them. */
export class Cells {
  readonly faults: Fault[] = [];
  readonly flags: string[] = [];

  constructor(
    private readonly cells: Readonly<Partial<Record<Column, string>>>,
    private readonly pointer: string,
    private readonly line: number,
  ) {}

  fault(column: Column, message: string): undefined {
    const value = this.cells[column];
    this.faults.push({
      pointer: `${this.pointer}/${column}`,
      ...(value !== undefined && { value }),
      message: `line ${this.line}, column ${columns[column][0]}: ${message}`,
    });
  }

  flag(flag: string | undefined): void {
    if (flag !== undefined) this.flags.push(flag.slice(0, 200));
  }

  text(column: Column, max = 200): string | undefined {
    const text = this.cells[column];
    return text !== undefined && text.length > max
      ? this.fault(column, `must have at most ${max} characters, has ${text.length}`)
      : text;
  }

  required(column: Column, max?: number): string | undefined {
    return this.cells[column] === undefined ? this.fault(column, 'is required') : this.text(column, max);
  }

  instant(column: Column, received: Millis): string | undefined {
    const text = this.cells[column];
    const moment = text === undefined ? undefined : momentOf(text, received);
    if (!moment) return undefined;
    return moment.ok ? formatInstant(moment.at) : this.fault(column, moment.message);
  }

  unlocode(column: Column, text: string | undefined): string | undefined {
    const found = text === undefined ? undefined : unlocodeOf(text);
    this.flag(found?.flag);
    return text === undefined || found
      ? found?.unlocode
      : this.fault(column, 'must be a UN/LOCODE: two letters of the country and three of the place, such as BEANR');
  }
}

const modes: Readonly<Record<string, string>> = { barge: 'barge', rail: 'rail', truck: 'truck' };

/** The exchange of a line; `undefined` where it has faults. */
export function exchangeIn(cells: Cells, received: Millis): Exchange | undefined {
  const number = containerNumber(cells.required('container', 20) ?? '');
  const unlocode = cells.unlocode('port', cells.required('port', 20));
  const mode = modeIn(cells);
  const terminal = compact({ facility: cells.text('terminal', 20), unlocode });
  const destination = compact({
    facility: cells.text('destinationTerminal', 20),
    unlocode: cells.unlocode('destination', cells.text('destination', 20)),
  });
  const exchange = {
    terminal,
    destination: Object.keys(destination).length > 0 ? destination : undefined,
    pickup: cells.instant('pickup', received),
    delivery: cells.instant('delivery', received),
    voyage: cells.text('voyage', 50),
    references: referencesIn(cells),
    ship: shipIn(cells),
  };
  cells.instant('vesselEta', received);
  cells.flag(number.flag);
  if (number.number === undefined && cells.text('container') !== undefined)
    cells.fault('container', 'must be the number of a container');
  if (cells.text('pickup') === undefined && cells.text('delivery') === undefined)
    cells.fault('pickup', 'or ET final delivery is required: the one of operators, the other of forwarders');
  if (cells.faults.length > 0 || number.number === undefined || mode === undefined) return undefined;
  return { ...exchange, container: number.number, mode, flags: cells.flags };
}

function modeIn(cells: Cells): string | undefined {
  const text = cells.required('mode', 50)?.toLowerCase();
  if (text === undefined || Object.hasOwn(modes, text)) return text && modes[text];
  return cells.fault('mode', 'must be barge, rail or truck');
}

function referencesIn(cells: Cells): Exchange['references'] {
  const [transport, own] = [cells.text('billOfLading'), cells.text('reference')];
  return [
    ...(transport === undefined ? [] : [{ type: 'TRD', reference: transport }]),
    ...(own === undefined ? [] : [{ type: 'FF', reference: own }]),
  ];
}

/** The ocean vessel: the standard wants it, but nothing of what is read needs it. */
function shipIn(cells: Cells): string | undefined {
  const text = cells.text('imo', 20);
  if (text === undefined) {
    cells.flag('no-imo: the ocean vessel is not named');
    return undefined;
  }
  const { imo, flag } = imoNumber(text);
  cells.flag(flag);
  return imo;
}
