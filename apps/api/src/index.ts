export { ApiModule } from './api.module.js';
export { openApi } from './openapi/openapi.js';
export { collections } from './projection/documents.js';
export type { ApiOptions } from './options.js';
