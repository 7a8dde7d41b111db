/** A request to evaluate a sensor once. */
export interface SensorRequest {
  readonly name: string;
  readonly cursor: string | null;
  /** Seconds since the epoch; null for the first evaluation. */
  readonly lastTickAt: number | null;
}

/** A line that a sensor logged. */
export interface SensorLogLine {
  readonly level: "DEBUG" | "INFO" | "WARNING";
  readonly message: string;
}
