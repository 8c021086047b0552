import { berthEstimate } from '../../port-call.js';

const clearance = {
  ...berthEstimate,
  uuid: '88fb4ae4-d645-4492-8ba0-8c35e2747689',
  eventTime: undefined,
  eventType: 'port.clearance.portAuthority',
  context: { clearance: true },
};
const gone = { ...berthEstimate, eventType: 'port.atd.vessel', eventTime: '2026-03-02T07:00:00Z' };

/** One event alone, and several in a list. */
export const portCallSamples: readonly string[] = [
  berthEstimate,
  [berthEstimate, gone, { ...gone, eventType: 'pilotOnBoard.et.pilot' }],
  clearance,
].map((message) => JSON.stringify(message, null, 1));
