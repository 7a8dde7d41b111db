import { type Diagnostic, printable } from "@dagster-sigma/foundation";
import type { Finding } from "./finding.ts";

/** A finding for each diagnostic. It belongs to no file: what is to be mended is in Sigma, or in its settings. */
export function checkFindings(diagnostics: readonly Diagnostic[]): readonly Finding[] {
  return diagnostics.map(({ code, severity, object, message }) => ({
    level: severity === "error" ? "error" : "warning",
    rule: code,
    title: printable(object === null ? code : `${code}: ${object.name}`),
    message: printable(object?.url == null ? message : `${message} ${object.url}`),
    file: null,
    line: null,
    // A message may hold a count that changes with each load.
    identity: object === null ? [message] : [object.type, object.id],
  }));
}
