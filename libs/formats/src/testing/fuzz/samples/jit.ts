import { jitIds, jitPortCall, jitService, jitTerminalCall, jitTimestamp } from '../../jit.js';

const pilot = { ...jitService, portCallServiceTypeCode: 'PILOTAGE', portCallServiceEventTypeCode: 'CMPL' };
const late = { ...jitTimestamp, classifierCode: 'ACT', remark: 'late', delayReasonCode: 'WEA', isFYI: true };

/** All objects of a port call together, in lists by their kind, and one of each alone. */
export const jitSamples: readonly string[] = [
  [jitPortCall, jitTerminalCall, jitService, jitTimestamp],
  {
    portCalls: [jitPortCall],
    terminalCalls: [jitTerminalCall],
    portCallServices: [pilot],
    timestamps: [jitTimestamp, late],
  },
  jitTimestamp,
  { ...jitTerminalCall, isOmitted: true, omitReason: 'ice', portCallID: jitIds.portCall },
].map((message) => JSON.stringify(message, null, 1));
