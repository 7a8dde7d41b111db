/** Shared by all packages of the project: the base error, diagnostics, the clock and the logger. */
export { ConfigurationError, DagsterSigmaError, type ErrorDetails, errorText } from "./base-error.ts";
export { type Clock, ManualClock, systemClock } from "./clock.ts";
export { compareText } from "./compare-text.ts";
export {
  type Diagnostic,
  type DiagnosticExplanation,
  type DiagnosticObject,
  type Severity,
  sortDiagnostics,
} from "./diagnostics.ts";
export { groupBy } from "./group-by.ts";
export {
  createLogger,
  type LogFields,
  type LogFormat,
  type Logger,
  silentLogger,
  teeLogger,
} from "./logger.ts";
export { onAbort } from "./on-abort.ts";
export { parseDuration } from "./parse-duration.ts";
export { printable, printableLines } from "./printable.ts";
export { wellFormed } from "./well-formed.ts";
export { TimeLimitPassed, withTimeLimit } from "./with-time-limit.ts";
