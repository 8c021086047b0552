export { ConfigurationError, startStandalone, type StandaloneOptions } from './standalone.js';
