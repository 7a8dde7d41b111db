/** Structured fields of a log line. Values must not contain secrets. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Receives log messages. Nothing is logged unless a logger is passed. */
export interface Logger {
  /** Details such as single requests. */
  debug(message: string, fields?: LogFields): void;
  /** Progress and results. */
  info(message: string, fields?: LogFields): void;
  /** Problems that do not stop the operation. */
  warn(message: string, fields?: LogFields): void;
}

/** The default logger: discards everything. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
};

/** A logger that forwards to each of the given ones; null if there are none. */
export function teeLogger(...given: readonly (Logger | null | undefined)[]): Logger | null {
  const loggers = given.filter((logger) => logger != null);
  const [only] = loggers;
  if (only === undefined || loggers.length === 1) return only ?? null;
  const toEach =
    (level: keyof Logger) =>
    (message: string, fields?: LogFields): void => {
      for (const logger of loggers) logger[level](message, fields);
    };
  return { debug: toEach("debug"), info: toEach("info"), warn: toEach("warn") };
}

/** Format of log lines: readable text, or one JSON object per line. */
export type LogFormat = "text" | "json";

/** Creates a logger that formats each message and passes it to `write`, one line per call including the newline. */
export function createLogger(format: LogFormat, write: (line: string) => void): Logger {
  return format === "json" ? createJsonLogger(write) : createTextLogger(write);
}

/** Writes each message as one line of JSON: `time` (ISO 8601), `level`, `message` and the fields. */
function createJsonLogger(write: (line: string) => void): Logger {
  const line =
    (level: string) =>
    (message: string, fields: LogFields = {}): void =>
      write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
  return { debug: line("debug"), info: line("info"), warn: line("warn") };
}

/** Writes each message as one line of text: `level message key=value …`. */
function createTextLogger(write: (line: string) => void): Logger {
  const line =
    (level: string) =>
    (message: string, fields: LogFields = {}): void => {
      const details = Object.entries(fields).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
      write(`${level} ${message}${details.join("")}\n`);
    };
  return { debug: line("debug"), info: line("info"), warn: line("warn") };
}
