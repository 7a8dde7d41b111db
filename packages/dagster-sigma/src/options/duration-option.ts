import { parseDuration } from "@dagster-sigma/foundation";
import { InvalidArgumentError } from "commander";

/** Maximum delay of a Node timer, in ms. */
const maxDurationMs = 2 ** 31 - 1;

/** A duration such as `90s`, or a number of seconds; in ms. @throws InvalidArgumentError for anything else */
export function durationOption(text: string): number {
  const ms = parseDuration(text) ?? Number(text) * 1_000;
  if (ms > 0 && ms <= maxDurationMs) return ms;
  throw new InvalidArgumentError("It must be a duration such as 90s, 15m or 2h, or a number of seconds.");
}
