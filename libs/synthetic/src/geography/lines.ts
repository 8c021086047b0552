export type LineMode = 'barge' | 'rail' | 'vessel';

/** A line of regular sailings or trains, there and back. */
export interface Line {
  readonly code: string;
  readonly mode: LineMode;
  readonly operator: string;
  /** From the sea inland. */
  readonly stops: readonly string[];
  /** How often it sails, relative to other lines. */
  readonly weight: number;
  /** Length of the way over the great circle. */
  readonly detour: number;
  /** km/h from the sea inland and back, stops apart, locks and changes of locomotive included. */
  readonly speed: readonly [inland: number, seaward: number];
}

type Row = readonly [code: string, operator: string, weight: number, stops: string];
type Water = Pick<Line, 'detour' | 'speed'>;

// Barges make 12 km/h on canals and lose an hour at a lock; upstream on the Rhine 10 to 11, downstream 16 to 17.
const canal: Water = { detour: 1.25, speed: [9, 9] };
const estuary: Water = { detour: 1.35, speed: [12, 12] };
const rhine: Water = { detour: 1.35, speed: [11, 16] };
const tributary: Water = { detour: 1.5, speed: [9.5, 13] };
// Trains make 50 km/h, changes of locomotive and driver included; railways are a quarter longer than the great circle.
const rails: Water = { detour: 1.25, speed: [50, 50] };
const sea: Water = { detour: 1.3, speed: [22, 22] };

const lines = (mode: LineMode, water: Water, rows: readonly Row[]): Line[] =>
  rows.map(([code, operator, weight, stops]) => ({ code, mode, operator, weight, ...water, stops: stops.split(' ') }));

const canals = lines('barge', canal, [
  ['ALBERT-A', 'Kempen Barge Lines', 1.5, 'BEANR-1700 BEANR-1742 BEMEH-WCT BEGNK-HVG'],
  ['ALBERT-B', 'Kempen Barge Lines', 1.7, 'BEANR-869 BEANR-913 BEDEG-IWT BEMEH-WCT BEGNK-HVG BELGG-TRI'],
  ['ALBERT-C', 'Trilogi Barging', 1.1, 'BEANR-1742 BEANR-913 BEGNK-HVG BELGG-TRI'],
  ['ALBERT-R', 'Trilogi Barging', 0.8, 'NLRTM-RWG NLRTM-ECT BEMEH-WCT BEGNK-HVG BELGG-TRI'],
  ['SCHELDT-A', 'Upper Scheldt Barging', 1.2, 'BEANR-869 BEANR-1742 BEGNE-KLZ BEAVL-AVC'],
  ['SCHELDT-B', 'Leie Container Lines', 1.1, 'BEANR-1700 BEANR-913 BEGNE-KLZ BEWIK-RTW FRLIL-CPL'],
  ['NORD', 'Upper Scheldt Barging', 0.8, 'BEANR-913 BEANR-1742 BEAVL-AVC FRVAL-STS'],
  ['DEULE', 'Leie Container Lines', 0.9, 'BEANR-1742 BEANR-1700 FRLIL-CPL FRDRG-DL3 FRBTU-PBT'],
  ['COAST', 'Leie Container Lines', 0.8, 'BEZEE-CSP NLVLI-KLB BEGNE-KLZ BEAVL-AVC'],
  ['SAMBRE', 'Sea Canal Barging', 0.6, 'BEANR-913 BEANR-1742 BEBRU-TTB BELLV-GAR BECRL-DAM'],
  ['BRUSSELS', 'Sea Canal Barging', 1.2, 'BEANR-913 BEANR-1742 BEWLB-TCT BEBRU-TTB'],
  ['BRABANT-A', 'Brabant Barging', 1.1, 'NLRTM-RWG NLRTM-APM2 NLMOE-CCT NLTLB-BTT'],
  ['BRABANT-B', 'Brabant Barging', 0.9, 'NLRTM-ECT NLRTM-RST NLHTB-BCT NLOSS-OCT'],
  ['MEUSE', 'Meuse Barge Service', 1.2, 'NLRTM-RWG NLRTM-ECT NLNIJ-BCT NLVEN-TCT NLBON-BTB NLSTI-CTS'],
  ['WAAL', 'Meuse Barge Service', 1.0, 'BEANR-1700 BEANR-869 NLTIE-CTU NLNIJ-BCT NLVEN-TCT NLBON-BTB'],
]);

const ports = lines('barge', estuary, [
  ['PORTS-A', 'Volkerak Shuttle', 1.3, 'BEANR-1742 BEANR-913 NLMOE-CCT NLRTM-RST NLRTM-RWG NLRTM-ECT'],
  ['PORTS-B', 'Volkerak Shuttle', 0.9, 'BEZEE-CSP NLVLI-KLB BEANR-1700 NLRTM-APM2 NLRTM-EMX'],
  ['QUAYS-A', 'Port Shuttle Antwerp', 1.4, 'BEANR-1742 BEANR-1700 BEANR-913 BEANR-869 BEANR-BNFW'],
  ['QUAYS-R', 'Port Shuttle Rotterdam', 1.2, 'NLRTM-ECT NLRTM-EMX NLRTM-RWG NLRTM-APM2 NLRTM-RST'],
]);

const rhineLines = lines('barge', rhine, [
  ['RUHR-A', 'Rhenania Barge Express', 1.8, 'BEANR-1742 BEANR-913 DEEMM-RHE DEDUI-D3T DENSS-RHN DECGN-CTS'],
  ['RUHR-B', 'Lower Rhine Carriers', 1.2, 'BEANR-1700 BEANR-869 DEDUI-D3T DENSS-RHN'],
  ['RUHR-R', 'Rhenania Barge Express', 1.6, 'NLRTM-APM2 NLRTM-ECT NLRTM-RST DEDUI-D3T DENSS-RHN DECGN-CTS'],
  ['RUHR-D', 'Lower Rhine Carriers', 1.0, 'NLRTM-EMX NLRTM-RWG DEEMM-RHE DEDUI-D3T DEDTM-CTD'],
  ['MIDDLE-R', 'Lorelei Barging', 0.8, 'NLRTM-ECT NLRTM-EMX DECGN-CTS DEBON-AZS DEAND-HAF DEKOB-RHM'],
  ['MIDDLE-A', 'Lorelei Barging', 0.8, 'BEANR-1700 BEANR-869 DEDUI-D3T DEBON-AZS DEAND-HAF DEMNZ-FRC'],
  ['UPPER-A', 'Basilea Rhine Shipping', 1.1, 'BEANR-1742 BEANR-913 DEMHG-MCT DEWOE-CON FRSXB-RET CHBSL-CTB'],
  ['UPPER-B', 'Basilea Rhine Shipping', 0.7, 'BEANR-1700 BEANR-869 DEGER-DPW FRSXB-RET FROTM-RHN CHBSL-CTB'],
  ['UPPER-R', 'Basilea Rhine Shipping', 1.1, 'NLRTM-ECT NLRTM-RWG DEMHG-MCT DEGER-DPW FRSXB-RET CHBSL-CTB'],
]);

const tributaries = lines('barge', tributary, [
  ['MAIN', 'Franconia Barging', 0.9, 'BEANR-913 NLRTM-RWG DEMNZ-FRC DEFRA-HOE DEASC-HAF'],
  ['NECKAR', 'Suebia Barging', 0.7, 'NLRTM-ECT NLRTM-APM2 DEMHG-MCT DEHEN-NCK DESTR-SCT'],
  ['MOSELLE', 'Moselle Container Lines', 0.7, 'BEANR-1700 NLRTM-EMX DEKOB-RHM DETRI-HAF FRTHL-ILL'],
]);

const trains = lines('rail', rails, [
  ['RAIL-DUI', 'Scheldt Rail', 2.2, 'BEANR-1700 DEDUI-D3T'],
  ['RAIL-BSL', 'Scheldt Rail', 1.3, 'BEANR-913 DEMHG-MCT CHBSL-CTB'],
  ['RAIL-GNK', 'Littoral Rail', 1.0, 'BEZEE-CSP BEANR-1742 BEGNK-HVG'],
  ['RAIL-ZDU', 'Littoral Rail', 0.8, 'BEZEE-CSP DEDUI-D3T'],
  ['RAIL-MQO', 'Littoral Rail', 0.7, 'BEANR-1742 BEMQO-LAR'],
  ['RAIL-VEN', 'Brabant Rail Shuttle', 1.6, 'NLRTM-RWG NLRTM-ECT NLVEN-TCT'],
  ['RAIL-RDU', 'Betuwe Rail', 1.4, 'NLRTM-APM2 DEDUI-D3T DELUH-KTL'],
  ['RAIL-KTL', 'Scheldt Rail', 0.9, 'BEANR-1742 DELUH-KTL DESTR-SCT'],
  ['RAIL-DRG', 'Flandre Rail', 0.7, 'FRDKK-TDF FRDRG-DL3'],
]);

const feeders = lines('vessel', sea, [
  ['FEEDER-A', 'Delta Feeders', 1.0, 'BEZEE-CSP BEANR-1742 NLRTM-ECT'],
  ['FEEDER-B', 'Delta Feeders', 0.8, 'GBFXT-TTY BEZEE-CSP BEANR-1700'],
  ['FEEDER-C', 'Narrow Sea Lines', 0.7, 'GBLGP-DPW GBFXT-TTY NLRTM-ECT'],
  ['FEEDER-D', 'Narrow Sea Lines', 0.7, 'FRLEH-TDF FRDKK-TDF BEANR-869'],
]);

/** Far beyond the Rhine: trains only, and not once a week. */
const far = lines('rail', rails, [
  ['RAIL-MUC', 'Betuwe Rail', 1.3, 'NLRTM-ECT DENUE-TRI DEMUC-RIE'],
  ['RAIL-MIL', 'Gotthard Rail', 1.8, 'BEANR-1742 ITMIL-MEL'],
  ['RAIL-BUS', 'Gotthard Rail', 1.7, 'NLRTM-ECT ITBUS-GAL'],
  ['RAIL-DMI', 'Gotthard Rail', 1.4, 'DEDUI-D3T ITBUS-GAL'],
  ['RAIL-VIE', 'Danube Rail', 1.5, 'NLRTM-RWG ATWEL-CCT ATVIE-FRE'],
  ['RAIL-DVI', 'Danube Rail', 1.4, 'BEANR-1700 DEDUI-D3T ATVIE-FRE'],
  ['RAIL-PRG', 'Bohemia Rail', 1.4, 'NLRTM-APM2 DEDUI-D3T CZPRG-UHR'],
  ['RAIL-POZ', 'Warta Rail', 1.3, 'NLRTM-EMX PLPOZ-CTF'],
  ['RAIL-LYS', 'Saône Rail', 1.3, 'BEANR-869 LUBET-CFL FRLYS-VEN'],
]);

/** All lines, those that sail most first and the far ones last: a small hinterland has the first of them. */
export const allLines: readonly Line[] = [...canals, ...ports, ...rhineLines, ...tributaries, ...trains, ...feeders]
  .sort((a, b) => b.weight - a.weight || (a.code < b.code ? -1 : 1))
  .concat(far);
