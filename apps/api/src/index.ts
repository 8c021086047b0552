export { ApiModule } from './api.module.js';
export { openApi } from './openapi/openapi.js';
export type { ApiOptions } from './options.js';
