import type { Failure } from "@dagster-sigma/definitions-host";
import type { WireRecord } from "../wire/wire-record.ts";

/** An error as Dagster's page shows it (dagster 1.13.27, `SerializableErrorInfo`): what happened, what to do, and where. */
export function errorRecord({ name, message, hint, excerpt, stack, cause }: Failure): WireRecord {
  const lines = [`${name}: ${message}`, excerpt, hint].filter((line) => line !== null && line !== "");
  return {
    __class__: "SerializableErrorInfo",
    message: `${lines.join("\n")}\n`,
    // Dagster prints the lines one after the other, each with its newline, as Python's tracebacks have them.
    stack: stack.map((frame) => `    ${frame}\n`),
    cls_name: name,
    cause: cause === null ? null : errorRecord(cause),
    context: null,
  };
}
