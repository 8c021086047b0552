/**
 * Code lists of DCSA Track & Trace 2.2 and 3.0 (OpenAPI descriptions of both) and what each code means to the log.
 * 3.0 has all codes of 2.2; each version's events are read with the union, since senders mix them.
 */
import type { Classifier, EventData } from '@portolan/domain';

type Move = EventData<'org.portolan.equipment.moved'>['move'];
type Milestone = EventData<'org.portolan.milestone.reached'>['milestone'];

export const eventTypes = {
  EQUIPMENT: 'EQUIPMENT',
  TRANSPORT: 'TRANSPORT',
  SHIPMENT: 'SHIPMENT',
  IOT: 'IOT',
  REEFER: 'REEFER',
} as const;

export const classifiers: Readonly<Record<string, Classifier>> = {
  PLN: 'planned',
  EST: 'estimated',
  REQ: 'requested',
  ACT: 'actual',
};

export const transportCodes = { ARRI: 'arrival', DEPA: 'departure' } as const;

/** Codes that tell of a move, and those of readiness that 3.0 has beside them. */
export const equipmentCodes: Readonly<Record<string, { readonly move: Move } | { readonly milestone: Milestone }>> = {
  LOAD: { move: 'loaded' },
  DISC: { move: 'discharged' },
  GTIN: { move: 'gate-in' },
  GTOT: { move: 'gate-out' },
  STUF: { move: 'stuffed' },
  STRP: { move: 'stripped' },
  PICK: { move: 'picked-up' },
  DROP: { move: 'dropped-off' },
  INSP: { move: 'inspected' },
  RSEA: { move: 'resealed' },
  RMVD: { move: 'removed' },
  // Customs keep what they selected until they release it.
  CUSI: { milestone: 'held' },
  CUSS: { milestone: 'held' },
  CUSR: { milestone: 'released' },
  AVDO: { milestone: 'other' },
  AVPU: { milestone: 'other' },
  CROS: { milestone: 'other' },
};

export const shipmentCodes: Readonly<Record<string, Milestone>> = {
  RECE: 'received',
  DRFT: 'drafted',
  PENA: 'pending',
  PENU: 'pending',
  PENM: 'pending',
  PSAM: 'pending',
  PSDL: 'pending',
  REJE: 'rejected',
  DECL: 'rejected',
  APPR: 'approved',
  ISSU: 'issued',
  SURR: 'surrendered',
  SUAM: 'surrendered',
  SUDL: 'surrendered',
  SUBM: 'submitted',
  VOID: 'void',
  CONF: 'confirmed',
  REQS: 'requested',
  CMPL: 'completed',
  HOLD: 'held',
  RELS: 'released',
  CANC: 'cancelled',
  CACF: 'cancelled',
  // Amendments, updates and cancellations under way change nothing yet: the code is kept.
  ...Object.fromEntries(
    ['AMCF', 'AMCN', 'AMDC', 'AMPR', 'AMRE', 'CADC', 'CARE', 'UPCF', 'UPCN', 'UPDC', 'UPDT', 'UPRE'].map(
      (code) => [code, 'other'] as const,
    ),
  ),
};

export const iotCodes = {
  DRO: { door: 'open' },
  DRC: { door: 'closed' },
  LOC: {},
} as const;

const same = (codes: string): Readonly<Record<string, string>> =>
  Object.fromEntries(codes.split(' ').map((code) => [code, code]));

export const iotEventCodes = same('DETC');
export const reeferEventCodes = same('MEAS ADJU');

/** `documentTypeCode` of 2.2 and `typeCode` of 3.0. */
export const documentTypes = same(
  'AMF ARN BKG CAS CBR CEA CEO CQU CRO CUC CUS DEI DEO DGD FCE HCE ICE INV OOG PCE PFD SHI SRM TRD TRO VCE VGM',
);

export const modes: Readonly<Record<string, string>> = {
  VESSEL: 'vessel',
  BARGE: 'barge',
  RAIL: 'rail',
  TRUCK: 'truck',
  MULTIMODAL: 'multimodal',
};

/** Degrees Celsius from each unit (UN/CEFACT Recommendation 20). */
export const temperatureUnits: Readonly<Record<string, (degrees: number) => number>> = {
  CEL: (degrees) => degrees,
  FAH: (degrees) => ((degrees - 32) * 5) / 9,
  KEL: (degrees) => degrees - 273.15,
};
