export { IngestModule } from './ingest.module.js';
export { loadMappings } from './mappings.js';
export { Intake, type Unread } from './intake/intake.js';
export type { Incoming, ReadIncoming } from './intake/message.js';
export { type RejectionPage, Rejections } from './rejected/rejections.js';
export type { Receipt, Refused, Taken } from './intake/receipt.js';
export type { IngestOptions } from './settings.js';
