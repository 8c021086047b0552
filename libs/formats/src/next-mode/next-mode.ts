import { type EventData, formatInstant } from '@portolan/domain';
import { type Attributes, distinctFlags, draftOf, itemMade } from '../draft.js';
import { attributeOf, compact, contentHash } from '../json/content.js';
import { type Item, type Reading, type Reception, rejected, tooMany } from '../reading.js';
import { type Row, textOfCell } from '../tables/cell.js';
import { headerAtStart, tableOf } from '../tables/delimited.js';
import { type Column, columnsIn, looksLikeHeader } from './columns.js';
import { Cells, type Exchange, exchangeIn } from './row.js';

const SOURCE = '/nxtport/nmot';

/**
 * The next-mode-of-transport file of the port of Antwerp (docs/formats-next-mode.md), read by the titles of its columns. One
 * item a line that is not empty; `index` counts them from 0. A header without what is needed makes the file unreadable.
 */
export function readNextMode(text: string, { received }: Reception): Reading {
  const table = tableOf(text);
  if (!table.ok) return { unreadable: table.faults, because: 'not-a-message' };
  const many = tooMany(table.value.rows.length);
  if (many) return many;
  const { header } = table.value;
  const found = columnsIn(header);
  if (!found.ok) return { unreadable: found.faults, because: 'not-a-message' };
  const rows = table.value.rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const items = rows.map((row, index) => itemOf(readRow(row, header, found.value), row, index, received));
  return { format: 'next-mode', items };
}

/** Does a text begin with the header of this file? */
export function looksLikeNextMode(text: string): boolean {
  const header = headerAtStart(text);
  return header !== undefined && looksLikeHeader(header);
}

interface ReadRow {
  readonly cells: Readonly<Partial<Record<Column, string>>>;
  /** What no column of the standard is for, and what it has no event for, by title. */
  readonly kept: Readonly<Record<string, string>>;
}

const understood: ReadonlySet<Column> = new Set([
  'container',
  'billOfLading',
  'port',
  'terminal',
  'mode',
  'voyage',
  'pickup',
  'delivery',
  'destination',
  'destinationTerminal',
  'reference',
]);

function readRow({ cells }: Row, header: readonly string[], found: readonly (Column | undefined)[]): ReadRow {
  const filled = cells
    .map(textOfCell)
    .flatMap((cell, index): [string, string, Column | undefined][] =>
      cell === '' ? [] : [[header[index] || `column ${index + 1}`, cell, found[index]]],
    );
  return {
    cells: Object.fromEntries(filled.flatMap(([, cell, column]) => (column === undefined ? [] : [[column, cell]]))),
    kept: Object.fromEntries(
      filled.flatMap(([title, cell, column]) => (column && understood.has(column) ? [] : [[title, cell]])),
    ),
  };
}

function itemOf({ cells: values, kept }: ReadRow, { line }: Row, index: number, received: number): Item {
  const pointer = `/rows/${index}`;
  const cells = new Cells(values, pointer, line);
  const exchange = exchangeIn(cells, received);
  if (!exchange) return rejected(index, pointer, cells.faults);
  const moves = movesOf(exchange);
  const [key, hash] = [keyOf(exchange), contentHash({ ...values, ...kept })];
  const made = moves.map(({ name, data }, at) => {
    const attributes: Attributes = {
      id: attributeOf(`${key}/${name}@${hash}`),
      source: SOURCE,
      subject: exchange.container,
      time: formatInstant(received),
      revisionof: attributeOf(`${SOURCE}#${key}/${name}`),
    };
    const more = at > 0 ? {} : { flags: distinctFlags(exchange.flags), extensions: filled(kept) };
    return draftOf('org.portolan.equipment.moved', attributes, compact({ ...data, ...more }), pointer);
  });
  return itemMade(index, pointer, made);
}

/** A container on one ship, under one bill: a later line about it is a revision. */
const keyOf = ({ container, ship, references }: Exchange): string =>
  [container, ship, references.find(({ type }) => type === 'TRD')?.reference].filter(Boolean).join('/');

const filled = (kept: ReadRow['kept']) => (Object.keys(kept).length === 0 ? undefined : kept);

type Moved = EventData<'org.portolan.equipment.moved'>;

interface Named {
  readonly name: string;
  readonly data: Moved;
}

/** The pick-up at the terminal and the delivery, as far as they have times. */
function movesOf(exchange: Exchange): readonly Named[] {
  const { container, mode, terminal, destination, pickup, delivery, voyage } = exchange;
  const moved = (name: string, move: Moved['move'], at: string | undefined, place: Moved['place']): Named[] => {
    if (at === undefined) return [];
    const transport = compact({ mode, voyages: voyage === undefined ? undefined : [voyage] });
    const references = exchange.references.length === 0 ? undefined : [...exchange.references];
    const data = { equipment: container, move, classifier: 'estimated' as const, at, place, transport, references };
    return [{ name, data: compact(data) }];
  };
  return [...moved('pickup', 'gate-out', pickup, terminal), ...moved('delivery', 'gate-in', delivery, destination)];
}
