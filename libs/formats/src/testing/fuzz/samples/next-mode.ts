import { nextModeHeader, nextModeRow } from '../../next-mode.js';

const byRail = nextModeRow.replace('barge', 'rail').replace('APZU4812090', 'APZU4812106');

/** The file as it is sent, and with commas. */
export const nextModeSamples: readonly string[] = [
  [nextModeHeader, nextModeRow, byRail, ''].join('\r\n'),
  [nextModeHeader, nextModeRow].join('\n').replaceAll(';', ','),
];
