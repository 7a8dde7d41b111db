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

/** What each rule means, for viewers that list the rules. */
export const ruleDescriptions: Readonly<Record<string, string>> = {
  "table-dropped": "A table that Sigma reads is dropped.",
  "table-renamed": "A table that Sigma reads is renamed.",
  "column-dropped": "A column that Sigma reads is dropped.",
  "column-renamed": "A column that Sigma reads is probably renamed.",
  "type-changed": "A column that Sigma reads gets another type.",
};
