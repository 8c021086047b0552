export { DAY, HOUR, formatInstant, parseInstant, type Millis } from './time/instant.js';
export { formatDuration, parseDuration } from './time/duration.js';
