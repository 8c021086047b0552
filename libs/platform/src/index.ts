import 'reflect-metadata';

export { CLOCK, systemClock, type Clock } from './clock.js';
export { problems, problemType, isProblemCode, type ProblemCode, type ProblemKind } from './problems/problems.js';
export { ProblemError, problemDocument, type ProblemOptions } from './problems/problem-error.js';
export { problemOf } from './problems/problem-of.js';
export { ProblemFilter } from './problems/problem.filter.js';
export { parseJson, type JsonOptions } from './json/parse-json.js';
export { cursorOf, placeOf, type Place } from './http/cursor.js';
export { queryOf } from './http/query.js';
export { isJson, mediaTypeOf, requireJson, type MediaType } from './http/media-type.js';
export { BODY_LIMIT, startHttp, type HttpOptions, type RunningHttp } from './http/start-http.js';
export { stopOnSignals } from './http/stop-on-signals.js';
export { LOGGER, createLogger, logLevels, type LogLevel, type Logger, type LoggerOptions } from './logging/logger.js';
export { Metrics } from './metrics/metrics.js';
export type { BatchReport, Lag, Lags } from './metrics/consumption.js';
export type { Phase, PlanFigures, Start } from './metrics/planning.js';
export { notePassedOver, readerReports, watchLog, type WatchedLog } from './health/log-health.js';
export { startTracing, type Tracing, type TracingOptions } from './tracing/tracing.js';
export { HealthChecks, type HealthCheck } from './health/health.js';
export { PlatformModule, type Platform } from './platform.module.js';
export {
  faultLine,
  loadConfig,
  type Config,
  type ConfigFault,
  type ConfigSources,
} from './configuration/load-config.js';
export {
  flagOf,
  settingNames,
  settings,
  variableOf,
  type SettingName,
  type Settings,
} from './configuration/settings.js';
export { configurationText, runService, type RunningService } from './service.js';
