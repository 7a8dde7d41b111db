import type { TemplateValue } from "../template/scope-object.ts";

/** A value of Sigma's rows or of metadata for templates: JSON as it is; anything else is none. */
export function jsonValue(value: unknown): TemplateValue {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return value as TemplateValue;
  if (Array.isArray(value)) return value.map(jsonValue);
  if (typeof value !== "object" || value === undefined) return null;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, jsonValue(item)]));
}
