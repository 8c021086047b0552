export { ConfigurationError, startStandalone, type StandaloneOptions } from './standalone.js';
export { openRejections } from './rejections.js';
