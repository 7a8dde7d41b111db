import { createHash } from "node:crypto";

/** Something to tell in a pull request, at a line of a file where one is known. */
export interface Finding {
  readonly level: "error" | "warning" | "note";
  /** Stable name of the rule, for example `column-dropped`. */
  readonly rule: string;
  /** One line. */
  readonly title: string;
  /** Plain text; may have several lines. */
  readonly message: string;
  /** Relative to the repository, with slashes; null if it belongs to no file. */
  readonly file: string | null;
  /** Number of the line, from 1; null with no file. */
  readonly line: number | null;
  /** Equal for the same finding in another run, also if its line moves. */
  readonly identity: readonly string[];
}

/** Equal for the same finding in another run. */
export function fingerprintOf(rule: string, identity: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([rule, ...identity]))
    .digest("hex");
}
