import { Float, WireJson, type WireValue } from "./wire-record.ts";

/**
 * JSON exactly as Dagster writes it with Python's `json.dumps(…, sort_keys=True)`. The host computes ids of job snapshots from
 * these bytes, and cuts texts out of them (dagster 1.13.27).
 */
export function toPythonJson(value: WireValue): string {
  if (value === null) return "null";
  if (value instanceof WireJson) throw new Error("Serialized values cannot be written again.");
  if (value instanceof Float) return writeFloat(value.value);
  switch (typeof value) {
    case "boolean":
      return value ? "true" : "false";
    case "number":
      return Number.isInteger(value) ? String(value) : writeFloat(value);
    case "string":
      return writeText(value);
  }
  if (Array.isArray(value)) return `[${value.map(toPythonJson).join(", ")}]`;
  const fields = Object.entries(value as Readonly<Record<string, WireValue>>);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${writeText(key)}: ${toPythonJson(field)}`).join(", ")}}`;
}

/** Python escapes everything outside of ASCII. */
function writeText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function writeFloat(value: number): string {
  const text = String(value);
  return Number.isInteger(value) && !text.includes("e") ? `${text}.0` : text;
}
