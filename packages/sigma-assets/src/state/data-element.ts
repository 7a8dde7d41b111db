import type { ElementRow } from "@dagster-sigma/sigma-client";

/** Types of elements with data but without visualization type. */
const dataElementTypes: ReadonlySet<string> = new Set([
  "table",
  "visualization",
  "pivot-table",
  "input-table",
  "viz",
]);

/** Whether an element can have lineage and columns; Sigma returns errors for the others. */
export function isDataElement({ type, vizualizationType }: ElementRow): boolean {
  return vizualizationType != null || dataElementTypes.has(type ?? "");
}
