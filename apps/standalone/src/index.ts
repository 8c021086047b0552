export { ConfigurationError } from './settings.js';
export { startStandalone, type StandaloneOptions } from './standalone.js';
export { openRejections } from './rejections.js';
