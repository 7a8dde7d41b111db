import type { Scope } from "./evaluate.ts";

/** What the templates of a value may use. */
export interface TemplateNames {
  /** Names that are the same in the whole file. A template that uses only these is evaluated at once. */
  readonly file: Scope;
  /** Other names, with their members. */
  readonly others: Readonly<Record<string, readonly string[]>>;
}
