import type { Renaming } from "../renaming/renaming.ts";

/** What a recording keeps of a value in an answer. */
export interface ValueRule {
  /** The rule as text, for the documentation. */
  readonly title: string;
  /** The rows that the value contains, by their names, for the documentation. */
  readonly rows: readonly NamedRow[];
  /**
   * @param row the object that contains the value; empty for a value outside of objects
   */
  readonly write: (value: unknown, renaming: Renaming, row: AnswerObject) => unknown;
}

/** A kind of row with its fields. */
interface NamedRow {
  readonly name: string;
  readonly fields: Readonly<Record<string, ValueRule>>;
}

export type AnswerObject = Readonly<Record<string, unknown>>;

/** Longer texts cannot be read, so that their replacements must not be readable either. */
const maxTextLength = 1_000_000;

/**
 * Replaces texts; a value of another type stays of its type, because its row or field cannot be read.
 */
export function textRule(
  title: string,
  replace: (text: string, renaming: Renaming, row: AnswerObject) => string,
): ValueRule {
  return {
    title,
    rows: [],
    write: (value, renaming, row) => {
      if (typeof value !== "string" || value === "" || value.length > maxTextLength)
        return placeholder(value);
      return replace(value, renaming, row);
    },
  };
}

/** A value of the same type that says nothing. */
export function placeholder(value: unknown): unknown {
  switch (typeof value) {
    case "string":
      if (value.length > maxTextLength) return "x".repeat(maxTextLength + 1);
      return value === "" ? "" : "text";
    case "number":
      return 0;
    case "boolean":
      return value;
    default:
      if (value === null || value === undefined) return null;
      return Array.isArray(value) ? [] : {};
  }
}

export function isAnswerObject(value: unknown): value is AnswerObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
