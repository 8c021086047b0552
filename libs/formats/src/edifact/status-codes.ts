import type { EventData } from '@portolan/domain';

type Move = EventData<'org.portolan.equipment.moved'>['move'];
type Milestone = EventData<'org.portolan.milestone.reached'>['milestone'];
type Call = EventData<'org.portolan.transport.called'>['call'];

/** What a status says: that a container moved, that its transport called, or where paperwork stands. */
export type Status =
  | { readonly move: Move; readonly empty?: boolean }
  | { readonly call: Call; readonly classifier?: 'estimated' }
  | { readonly milestone: Milestone; readonly classifier?: 'estimated' | 'planned' };

const moves = (codes: Readonly<Record<string, Move>>): Record<string, Status> =>
  Object.fromEntries(Object.entries(codes).map(([code, move]) => [code, { move }]));

/**
 * Status codes (4405; 9011 before D.97B). EDIFACT leaves the list open; in use are UN/CEFACT Recommendation 24 (numbers), the
 * codes of ASC X12 315 that ocean carriers have on both sides of the Atlantic, and those of DCSA (and SMDG's, which are alike).
 */
export const statuses: Readonly<Record<string, Status>> = {
  // Recommendation 24, as far as it says one thing for containers.
  '1': { call: 'arrival' },
  '24': { call: 'departure' },
  ...moves({ '13': 'picked-up', '21': 'dropped-off' }),
  // ASC X12 315, element 157.
  ...moves({
    I: 'gate-in',
    OA: 'gate-out',
    AE: 'loaded',
    AL: 'loaded',
    AM: 'loaded',
    AO: 'loaded',
    UV: 'discharged',
    UR: 'discharged',
    AF: 'picked-up',
    D: 'dropped-off',
    CD: 'picked-up',
  }),
  EE: { move: 'gate-out', empty: true },
  RD: { move: 'gate-in', empty: true },
  VD: { call: 'departure' },
  VA: { call: 'arrival' },
  RL: { call: 'departure' },
  AR: { call: 'arrival' },
  P: { call: 'departure' },
  A: { call: 'arrival' },
  X1: { call: 'arrival' },
  X3: { call: 'arrival' },
  AA: { milestone: 'other' },
  AG: { milestone: 'other', classifier: 'estimated' },
  AV: { milestone: 'released' },
  CR: { milestone: 'released' },
  CT: { milestone: 'released' },
  CU: { milestone: 'released' },
  PA: { milestone: 'held' },
  PB: { milestone: 'held' },
  PC: { milestone: 'held' },
  PD: { milestone: 'held' },
  // DCSA and SMDG.
  ...moves({
    LOAD: 'loaded',
    DISC: 'discharged',
    GTIN: 'gate-in',
    GTOT: 'gate-out',
    STUF: 'stuffed',
    STRP: 'stripped',
    PICK: 'picked-up',
    DROP: 'dropped-off',
    INSP: 'inspected',
    RSEA: 'resealed',
    RMVD: 'removed',
  }),
  ARRI: { call: 'arrival' },
  DEPA: { call: 'departure' },
  HOLD: { milestone: 'held' },
  RELS: { milestone: 'released' },
  CONF: { milestone: 'confirmed' },
  RECE: { milestone: 'received' },
  ISSU: { milestone: 'issued' },
  CMPL: { milestone: 'completed' },
  CANC: { milestone: 'cancelled' },
};
