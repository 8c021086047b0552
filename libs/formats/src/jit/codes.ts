/** Code lists of DCSA Just-in-Time Port Call 2.0 (OpenAPI description, schemas `PortCallService` and `Timestamp`). */
const negotiated = ['CARGO_OPERATIONS', 'PILOTAGE', 'TOWAGE', 'MOORING', 'BUNKERING', 'ANCHORAGE', 'SLUDGE'];
const reported = [
  'SEA_PASSAGE',
  'DISCHARGE_CARGO_OPERATIONS',
  'LOADING_CARGO_OPERATIONS',
  'LASHING',
  'ANCHORAGE_OPERATIONS',
  'SHORE_POWER',
];
const reached = [
  'PILOT_BOARDING_PLACE',
  'ALL_FAST',
  'GANGWAY_DOWN_AND_SECURE',
  'VESSEL_READY_FOR_CARGO_OPERATIONS',
  'VESSEL_READY_TO_SAIL',
  'MOVES',
];

export type EventCode = 'ARRI' | 'DEPA' | 'STRT' | 'CMPL';

export const eventCodes: Readonly<Record<string, EventCode>> = {
  STRT: 'STRT',
  CMPL: 'CMPL',
  ARRI: 'ARRI',
  DEPA: 'DEPA',
};

const each = (types: readonly string[], codes: readonly EventCode[]): [string, readonly EventCode[]][] =>
  types.map((type) => [type, codes]);

/** Which events a service of each type can have ("Conditions" of `portCallServiceEventTypeCode`). */
export const eventsOf: ReadonlyMap<string, readonly EventCode[]> = new Map([
  ...each([...negotiated, ...reported], ['STRT', 'CMPL']),
  ...each(['BERTH'], ['ARRI', 'DEPA']),
  ...each(reached, ['ARRI']),
  ...each(['SAFETY'], ['DEPA']),
]);
