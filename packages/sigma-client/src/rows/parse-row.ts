import { type FailedCall, SigmaResponseShapeError } from "../errors.ts";
import type { RowShape } from "./row-shape.ts";

/**
 * Validates a value and returns it unchanged, including unknown fields.
 *
 * @throws SigmaResponseShapeError with endpoint, JSON path, expected and found type
 */
export function parseRow<Row>(shape: RowShape<Row>, value: unknown, call: FailedCall, at: string): Row {
  if (shape.fits(value)) return value as Row;
  const checked = shape.schema.safeParse(value);
  if (checked.success) return value as Row;
  const issue = checked.error.issues[0];
  const path = issue?.path ?? [];
  throw new SigmaResponseShapeError(call, {
    jsonPath: path.reduce<string>(
      (text, step) => (typeof step === "number" ? `${text}[${step}]` : `${text}.${String(step)}`),
      at,
    ),
    expected: issue?.code === "invalid_type" ? issue.expected : (issue?.message ?? "something else"),
    found: describeFound(path.reduce<unknown>(fieldOf, value)),
  });
}

function fieldOf(value: unknown, step: PropertyKey): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<PropertyKey, unknown>)[step]
    : undefined;
}

/** Omits string values, which may be confidential. */
function describeFound(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? "a string" : `the ${typeof value} ${String(value)}`;
}
