/** A flat release notice in tests. */
export const releaseNotice = {
  container: 'APZU4812090',
  billOfLading: 'BL77001',
  terminal: 'K913',
  timestamp: '2026-03-02T07:00:00Z',
  customs: { light: 'red', since: '2026-03-02T06:00:00Z', expected: '2026-03-04T10:00:00Z', reason: 'Scan' },
  commercial: 'green',
};
