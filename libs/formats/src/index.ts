export { readDcsa } from './dcsa/dcsa.js';
export type { Item, Reading, Read, Reception, Unreadable } from './reading.js';
