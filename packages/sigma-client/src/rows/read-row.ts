import { fieldPath, id, isObject, type RowShape, unreadable } from "./row-shape.ts";

/** A part of a row that is left out. */
export interface LeftOutPart {
  /** JSON path within the row: `$.tags[1].name`; `$` for the row itself. */
  readonly field: string;
  readonly expected: string;
  /** The type found, or the value of a number or boolean. */
  readonly found: string;
}

/** A row without its unreadable parts, or the reason why nothing of it can be used. */
export type ReadRow<Row> =
  | { readonly row: Row; readonly leftOut: readonly LeftOutPart[]; readonly reason: null }
  | {
      readonly reason: LeftOutPart;
      /** Another id of the object; null if unknown. */
      readonly otherId: string | null;
    };

/** Whether a row can be used as it is. */
export function isValidRow<Row>(shape: RowShape<Row>, value: unknown): value is Row {
  return shape.fits(value) && !isDeep(value, maxLevels);
}

/**
 * Reads one row. A valid row is returned unchanged, including unknown fields. Fields that are nested too deep for a
 * recursive function, such as `JSON.stringify`, are left out.
 */
export function readRow<Row>(shape: RowShape<Row>, value: unknown): ReadRow<Row> {
  if (isValidRow(shape, value)) return { row: value, leftOut: [], reason: null };
  const leftOut: LeftOutPart[] = [];
  const report = (field: string, expected: string, found: unknown): void => {
    leftOut.push({ field, expected, found: describeFound(found) });
  };
  const row = shape.read(withoutDeepFields(value, report), "$", report);
  if (row !== unreadable) return { row, leftOut, reason: null };
  // The part that was reported last took the row along.
  const reason = leftOut.at(-1) ?? { field: "$", expected: "a row", found: describeFound(value) };
  const otherId = isObject(value) ? (shape.otherId?.(value) ?? null) : null;
  return { reason, otherId: id.fits(otherId) ? (otherId as string) : null };
}

/** Sigma's own responses have up to 4 levels. */
const maxLevels = 100;

function isDeep(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === "object" && isDeep(item, levels - 1)) return true;
    return false;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  for (const name in fields) {
    const field = fields[name];
    if (typeof field === "object" && isDeep(field, levels - 1)) return true;
  }
  return false;
}

function withoutDeepFields(
  value: unknown,
  report: (field: string, expected: string, found: unknown) => void,
): unknown {
  if (!isObject(value)) return value;
  const deep = Object.keys(value).filter((name) => isDeep(value[name], maxLevels - 1));
  if (deep.length === 0) return value;
  for (const name of deep) report(fieldPath("$", name), `at most ${maxLevels} levels`, value[name]);
  return Object.fromEntries(Object.entries(value).filter(([name]) => !deep.includes(name)));
}

const shortText = 1_000;

/** Omits string values, which may be confidential. */
function describeFound(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  if (typeof value !== "string") return `the ${typeof value} ${String(value)}`;
  if (value === "") return "an empty string";
  return value.length > shortText ? `a string of ${value.length} characters` : "a string";
}
