import type { ColumnOrigin, Source } from "./organization.ts";

/** A column reference in a formula. */
export interface FormulaReference {
  /** Display names: source and column, or only a column of the same element. */
  readonly names: readonly string[];
  /** Columns that the reference resolves to. */
  readonly from: readonly ColumnOrigin[];
}

/** A part of a formula: literal text or a reference. */
export type FormulaPart = string | FormulaReference;

/** Serializes a formula; `\` escapes characters that would end or split a name. */
export function writeFormula(parts: readonly FormulaPart[]): string {
  return parts
    .map((part) => (typeof part === "string" ? part : `[${part.names.map(escapeName).join("/")}]`))
    .join("");
}

/** The name of a source in formulas. */
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

/** The name of a union of sources in formulas. */
export function unionName(sources: readonly Source[]): string {
  return `Union of ${sources.length} Sources`;
}

function escapeName(name: string): string {
  return name.replace(/[\\/[\]]/g, "\\$&");
}
