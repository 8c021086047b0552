import { releaseNotice } from '../../release.js';

const goods = { equipmentNumber: 'APZU4812090', portLoCode: 'BEANR', terminalCode: '01742' };
const lights = [
  { greenLightName: 'CommercialRelease', color: 'Green', dateLastUpdated: '2026-03-01T10:00:00Z' },
  { greenLightName: 'CustomsRelease', color: 'Orange', label: 'MRN?', dateLastUpdated: '2026-03-01T11:00:00Z' },
];

/** A flat notice, several, and details with their lights in a list or by name. */
export const releaseSamples: readonly string[] = [
  releaseNotice,
  [releaseNotice, { ...releaseNotice, customs: 'green', container: 'APZU4812106' }],
  { ...goods, lights },
  { ...goods, lights: { customs: 'red', commercial: 'red' }, timestamp: '2026-03-02T01:00:00Z' },
].map((message) => JSON.stringify(message, null, 1));
