/** Facts that belong to a log line. Values must not hold secrets. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Where the code reports what it does. Nothing is logged unless a logger is given. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
}

/** The default: says nothing. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
};

/** A logger that logs to each of the given ones; null where there is none. */
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

/** How log lines are written: for people, or one JSON object a line for programs. */
export type LogFormat = "text" | "json";

export function createLogger(format: LogFormat, write: (line: string) => void): Logger {
  return format === "json" ? createJsonLogger(write) : createTextLogger(write);
}

/** A logger that writes each message as one line of JSON: `time` (ISO 8601), `level`, `message` and the fields. */
function createJsonLogger(write: (line: string) => void): Logger {
  const line =
    (level: string) =>
    (message: string, fields: LogFields = {}): void =>
      write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
  return { debug: line("debug"), info: line("info"), warn: line("warn") };
}

/** A logger that writes one line of text per message, `level message key=value …`, through `write`. */
function createTextLogger(write: (line: string) => void): Logger {
  const line =
    (level: string) =>
    (message: string, fields: LogFields = {}): void => {
      const details = Object.entries(fields).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
      write(`${level} ${message}${details.join("")}\n`);
    };
  return { debug: line("debug"), info: line("info"), warn: line("warn") };
}
