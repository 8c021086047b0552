/** Ids of one port call of Just-in-Time in tests. */
export const jitIds = {
  portCall: '0342254a-5927-4856-b9c9-aa12e7c00001',
  terminalCall: '0342254a-5927-4856-b9c9-aa12e7c00002',
  service: '0342254a-5927-4856-b9c9-aa12e7c00003',
  timestamp: '0342254a-5927-4856-b9c9-aa12e7c00004',
};

export const jitPortCall = {
  portCallID: jitIds.portCall,
  portVisitReference: 'BEANR26001234',
  UNLocationCode: 'BEANR',
  vessel: { vesselIMONumber: '9321483', MMSINumber: '278111222', name: 'King of the Seas', typeCode: 'CONT' },
};
export const jitTerminalCall = {
  terminalCallID: jitIds.terminalCall,
  portCallID: jitIds.portCall,
  terminalCallReference: '15063401',
  terminalCallSequenceNumber: 2,
  carrierServiceName: 'Great Lion Service',
  carrierServiceCode: 'FE1',
  carrierImportVoyageNumber: '2103N',
  carrierExportVoyageNumber: '2103S',
};
export const jitService = {
  portCallServiceID: jitIds.service,
  terminalCallID: jitIds.terminalCall,
  portCallServiceTypeCode: 'BERTH',
  portCallServiceEventTypeCode: 'ARRI',
  portCallServiceLocation: {
    UNLocationCode: 'BEANR',
    facility: { facilityCode: 'K913', facilityCodeListProvider: 'SMDG' },
  },
};
export const jitTimestamp = {
  timestampID: jitIds.timestamp,
  portCallServiceID: jitIds.service,
  classifierCode: 'EST',
  dateTime: '2026-03-03T16:00:00+01:00',
};
