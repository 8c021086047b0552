export { IngestModule } from './ingest.module.js';
export { loadMappings } from './mappings.js';
export { Intake, type Incoming, type Unread } from './intake/intake.js';
export type { Receipt, Refused, Taken } from './intake/receipt.js';
export type { IngestOptions } from './settings.js';
