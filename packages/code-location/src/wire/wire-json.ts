import { Float, WireJson, type WireValue } from "./wire-record.ts";

/** Compact JSON that Python's `json.loads` reads; floats keep their decimal point. */
export function toWireJson(value: WireValue): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "boolean":
      return value ? "true" : "false";
    case "string":
      return JSON.stringify(value);
    case "number":
      return writeNumber(value);
    default:
      if (value instanceof Float) return writeFloat(value.value);
      if (value instanceof WireJson) return value.json;
      if (Array.isArray(value)) return `[${value.map(toWireJson).join(",")}]`;
      return writeObject(value as Readonly<Record<string, WireValue>>);
  }
}

function writeObject(object: Readonly<Record<string, WireValue>>): string {
  const fields = Object.entries(object).map(([key, value]) => `${JSON.stringify(key)}:${toWireJson(value)}`);
  return `{${fields.join(",")}}`;
}

/** Numbers in user data may have fractions, and are written as JavaScript writes them; Dagster's own are integers. */
function writeNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : writeFloat(value);
}

/** With a decimal point, as Python writes floats. Python also reads exponents, infinities and NaN as JavaScript writes them. */
function writeFloat(value: number): string {
  const text = String(value);
  return Number.isInteger(value) && !text.includes("e") ? `${text}.0` : text;
}
