import type { Failure } from "@dagster-sigma/definitions-host";
import type { WireRecord } from "../wire/wire-record.ts";

/**
 * An error as Dagster's web UI shows it (dagster 1.13.27, `SerializableErrorInfo`): what happened, what to do, and
 * where.
 */
export function errorRecord({ name, message, hint, excerpt, stack, cause }: Failure): WireRecord {
  const lines = [`${name}: ${message}`, excerpt, hint].filter((line) => line !== null && line !== "");
  return {
    __class__: "SerializableErrorInfo",
    message: `${lines.join("\n")}\n`,
    // Dagster concatenates the lines; each has its own newline, as in Python tracebacks.
    stack: stack.map((frame) => `    ${frame}\n`),
    cls_name: name,
    cause: cause === null ? null : errorRecord(cause),
    context: null,
  };
}
