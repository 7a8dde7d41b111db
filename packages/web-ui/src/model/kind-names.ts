import type { AssetKind } from "./page-graph.ts";

/** What people call what an asset is. */
export const kindNames: Readonly<Record<AssetKind, string>> = {
  table: "Table",
  dataset: "Dataset",
  dataModel: "Data model",
  workbook: "Workbook",
  other: "Other asset",
};
