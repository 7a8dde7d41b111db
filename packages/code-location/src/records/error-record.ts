import { DagsterSigmaError, errorText } from "@dagster-sigma/foundation";
import type { WireRecord } from "../serdes/wire-value.ts";

/** An error as Dagster's page shows it: what happened, what to do, and where. */
export function errorRecord(thrown: unknown): WireRecord {
  const { name, message, stack, cause } = describeError(thrown);
  return {
    __class__: "SerializableErrorInfo",
    message,
    stack,
    cls_name: name,
    cause: cause === null ? null : errorRecord(cause),
    context: null,
  };
}

function describeError(thrown: unknown): {
  readonly name: string;
  readonly message: string;
  readonly stack: readonly string[];
  readonly cause: unknown;
} {
  const isError = thrown instanceof Error;
  const known = DagsterSigmaError.isInstance(thrown) ? thrown : null;
  const name = known?.code ?? (isError ? thrown.name : "Error");
  const hint = known?.hint == null ? "" : `\n${known.hint}`;
  return {
    name,
    message: `${name}: ${errorText(thrown)}${hint}\n`,
    stack: isError ? stackLines(thrown) : [],
    cause: isError ? (thrown.cause ?? null) : null,
  };
}

/** Dagster prints the lines one after the other, each with its newline, as Python's tracebacks have them. */
function stackLines({ stack }: Error): readonly string[] {
  return (stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => `  ${line.trimEnd()}\n`);
}
