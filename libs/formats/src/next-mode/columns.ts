import type { Fault, Parsed } from '@portolan/domain';
import { nearest } from '../nearest.js';

/** Columns of the file and the titles they go by, compared without case, spaces and punctuation. The first is the standard's. */
export const columns = {
  container: ['Container number', 'Container', 'Equipment number', 'Container no'],
  billOfLading: ['Bill of lading', 'BL', 'BL number', 'Bill of lading number'],
  imo: ['IMO', 'IMO number', 'Vessel IMO'],
  vesselEta: ['ETA ocean vessel', 'ETA', 'ETA vessel', 'Vessel ETA'],
  shippingLine: ['Shipping line', 'Carrier', 'SCAC'],
  port: ['PortLoCode', 'Port locode', 'Port'],
  terminal: ['Terminal', 'Terminal code'],
  mode: ['NMoT', 'Next mode of transport', 'Next mode', 'Mode'],
  operator: ['Transport operator name', 'Transport operator'],
  operatorVat: ['Transport operator VAT'],
  operatorId: ['Transport operator NxtPort ID'],
  conveyance: ['Conveyance ID', 'ENI'],
  voyage: ['Voyage', 'BTS call number'],
  pickup: ['ET pickup', 'Estimated time of pickup'],
  delivery: ['ET final delivery', 'Estimated time of final delivery'],
  destination: ['Destination locode'],
  destinationTerminal: ['Destination terminal code', 'Destination terminal'],
  connectingVessel: ['Connecting vessel'],
  reference: ['Reference', 'Own reference'],
} as const;

export type Column = keyof typeof columns;
const needed: readonly Column[] = ['container', 'port', 'mode'];

const plain = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
const byTitle = new Map(
  Object.entries(columns).flatMap(([column, titles]) => titles.map((title) => [plain(title), column as Column])),
);

const columnOf = (title: string): Column | undefined => byTitle.get(plain(title));

/** A title that only this file has tells it from other tables. */
export const looksLikeHeader = (header: readonly string[]): boolean => {
  const found = header.map(columnOf);
  return found.includes('container') && found.includes('mode') && found.includes('port');
};

/** The column at each place of a row: `undefined` for titles that are not of the file, which are kept as they are. */
export function columnsIn(header: readonly string[]): Parsed<readonly (Column | undefined)[]> {
  const found = header.map(columnOf);
  const faults = [...missing(header, found), ...repeated(header, found)];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: found };
}

function missing(header: readonly string[], found: readonly (Column | undefined)[]): Fault[] {
  const unknown = header.filter((_, index) => found[index] === undefined);
  return needed
    .filter((column) => !found.includes(column))
    .map((column) => {
      const meant = nearest(columns[column][0], unknown);
      const hint = meant === undefined ? '' : `; perhaps ${meant} is meant`;
      return { pointer: '/header', message: `must have a column ${columns[column].join(' or ')}${hint}` };
    });
}

const repeated = (header: readonly string[], found: readonly (Column | undefined)[]): Fault[] =>
  found.flatMap((column, index) =>
    column !== undefined && found.indexOf(column) < index
      ? [
          {
            pointer: `/header/${index}`,
            value: header[index],
            message: `is the column ${columns[column][0]} once more`,
          },
        ]
      : [],
  );
