/** A port call event in tests. */
export const berthEstimate = {
  uuid: '88fb4ae4-d645-4492-8ba0-8c35e2747688',
  version: '3.2.1',
  eventType: 'berth.eta.terminal',
  source: 'Terminal K913',
  recordTime: '2026-03-02T07:31:01Z',
  eventTime: '2026-03-03T20:23:00+01:00',
  ship: { imo: '9321483', name: 'KING OF THE SEAS' },
  port: 'BEANR',
  portcallId: 'BEANR26001234',
  location: { type: 'berth', gln: '5412345000013', name: 'Quay 913' },
  context: { berthVisitId: 'BID-K913-77', mooring: { bollardFore: 12, bollardAft: 40 } },
};
