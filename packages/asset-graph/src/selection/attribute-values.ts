import { isValues, problemValues } from "./selection-attributes.ts";
import type { ValueAttribute } from "./selection-expression.ts";

/** Whether an attribute can have a value; null stands for `<null>`. Most can have any. */
export function isValidValue(attribute: ValueAttribute, value: string | null): boolean {
  switch (attribute) {
    case "is":
      return isValues.includes(value ?? "");
    case "problem":
      return value === null || value === "*" || problemValues.includes(value);
    case "changed_since":
    case "changed_before":
      return value === null || startOfDay(value) !== null;
    default:
      return true;
  }
}

/** What an attribute needs as its value, in words. */
export function wordsForValue(attribute: string): string {
  switch (attribute) {
    case "is":
      return isValues.join(" or ");
    case "problem":
      return `${problemValues.join(", ")}, "*" or <null>`;
    case "changed_since":
    case "changed_before":
      return "a day in quotes";
    default:
      return `a value for ${attribute}:`;
  }
}

/** An example of an attribute whose values are limited; null for others. */
export function exampleOf(attribute: string): string | null {
  switch (attribute) {
    case "is":
      return "is:external";
    case "problem":
      return "problem:error";
    case "changed_since":
    case "changed_before":
      return `${attribute}:"2026-01-31"`;
    default:
      return null;
  }
}

/** The start of a day in UTC, in seconds since the epoch; null if the text is not a day such as `2026-01-31`. */
export function startOfDay(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const time = Date.parse(`${day}T00:00:00Z`);
  // February 30 would be a day of March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? null : time / 1_000;
}
