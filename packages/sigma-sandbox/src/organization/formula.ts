import type { ColumnOrigin, Source } from "./organization.ts";

/** A column that a formula names, in brackets. */
export interface FormulaReference {
  /** The names on the way to it, as shown: source and column, or a column of the same element alone. */
  readonly names: readonly string[];
  readonly from: readonly ColumnOrigin[];
}

/** A formula in pieces: text as it stands, and references. */
export type FormulaPart = string | FormulaReference;

/** Writes a formula; `\` stands before what would end a name or part it. */
export function writeFormula(parts: readonly FormulaPart[]): string {
  return parts
    .map((part) => (typeof part === "string" ? part : `[${part.names.map(escapeName).join("/")}]`))
    .join("");
}

/** The name by which formulas call a source. */
export function formulaName(source: Source): string {
  switch (source.kind) {
    case "table":
      return source.path.at(-1) ?? "";
    case "sql":
      return "Custom SQL";
    case "modelElement":
      return source.element.name;
    default:
      return source.name;
  }
}

/** The name by which formulas call the sources of a union, all together. */
export function unionName(sources: readonly Source[]): string {
  return `Union of ${sources.length} Sources`;
}

function escapeName(name: string): string {
  return name.replace(/[\\/[\]]/g, "\\$&");
}
