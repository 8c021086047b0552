import type { TransportReference } from '@portolan/domain';
import { imoNumber } from '../identifiers/imo.js';
import { compact } from '../json/content.js';
import type { Segment } from './segment.js';

/** Mode of transport (8067, UN/ECE Recommendation 19). */
const modes: Readonly<Record<string, string>> = { '1': 'vessel', '2': 'rail', '3': 'truck', '4': 'air', '8': 'barge' };
/** Means of transport (8179), where the mode is not said. */
const means: Readonly<Record<string, string>> = {
  '8': 'barge',
  '9': 'barge',
  '11': 'vessel',
  '13': 'vessel',
  '23': 'rail',
  '25': 'rail',
  '31': 'truck',
};

/** Reference qualifiers that name the voyage or the call rather than the goods. */
const VOYAGES = new Set(['VON', 'SSX']);
const CALL = 'ATZ';

/** What a TDT and the references beside it say of a transport, with the doubts about it. */
export function transportOf(
  tdt: Segment,
  beside: readonly Segment[] = [],
): { transport: TransportReference; flags: string[] } {
  const flags: string[] = [];
  const references = beside.filter(({ tag }) => tag === 'RFF');
  const voyages = [
    tdt.value(2),
    ...references.filter((each) => VOYAGES.has(each.qualifier)).map((each) => each.value(1, 1)),
  ];
  const call = references.find((each) => each.qualifier === CALL)?.value(1, 1);
  const distinct = [...new Set(voyages.filter((each) => each !== '').map((each) => each.slice(0, 50)))];
  const mode = modes[tdt.value(3)] ?? means[tdt.value(4)];
  const transport = compact({
    mode,
    // A truck has its licence plate there, and a train its wagon or railway.
    ...(mode === undefined || mode === 'vessel' || mode === 'barge' ? vesselOf(tdt, flags) : {}),
    voyages: distinct.length === 0 ? undefined : distinct,
    callReference: call === '' ? undefined : call?.slice(0, 100),
  });
  return { transport, flags };
}

/** Does it say more than how goods travel? */
export const isNamed = ({ imo, callSign, vesselName, voyages, callReference }: TransportReference): boolean =>
  [imo, callSign, vesselName, voyages, callReference].some((each) => each !== undefined);

/** C222: the code list (1131) or the agency (3055: 11 is Lloyd's register) tells an IMO number from a call sign. */
function vesselOf(tdt: Segment, flags: string[]): Pick<TransportReference, 'imo' | 'callSign' | 'vesselName'> {
  // Before the identification was an element of its own, the description of the means held the name.
  const name = tdt.value(8, 3) || tdt.value(4, 3);
  const vesselName = name === '' ? undefined : name.slice(0, 100);
  const [code, list, agency] = [tdt.value(8), tdt.value(8, 1), tdt.value(8, 2)];
  if (code === '') return { ...(vesselName !== undefined && { vesselName }) };
  const read = imoNumber(code);
  const seven = /^\d{7}$/.test(read.imo);
  const meant = list === '146' || agency === '11' || (list !== '103' && seven);
  if (meant && seven) {
    if (read.flag !== undefined) flags.push(read.flag);
    return compact({ imo: read.imo, vesselName });
  }
  const sign = /^[A-Z0-9]{3,9}$/i.test(code) && /[a-z]/i.test(code);
  if (sign) return compact({ callSign: code.toUpperCase(), vesselName });
  flags.push(`unknown-vessel-code: ${code.slice(0, 50)} is neither an IMO number nor a call sign`);
  return compact({ vesselName: vesselName ?? code.slice(0, 100) });
}
