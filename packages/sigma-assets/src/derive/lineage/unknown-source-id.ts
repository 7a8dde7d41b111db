import type { LineageRow } from "@dagster-sigma/sigma-client";

const knownTypes: ReadonlySet<string> = new Set([
  "element",
  "table",
  "dataset",
  "data-model",
  "customsql",
  "csv-upload",
  "semantic-view",
  "sql-document",
  "worksheet",
]);

/** The id in a lineage row of an unknown type, from any field that ends with `Id`; null for a known type or without an id. */
export function unknownSourceId(row: LineageRow): string | null {
  if (knownTypes.has(row.type.toLowerCase())) return null;
  for (const [field, value] of Object.entries(row))
    if (/Id$/.test(field) && field !== "connectionId" && typeof value === "string" && value !== "")
      return value;
  return null;
}
