import { MetadataValue, type RawMetadata, TableSchema } from "@dagster-sigma/asset-graph";
import { sigmaLabels } from "../derive/translate/sigma-labels.ts";
import type { MaterializeDocumentResult } from "./document-result.ts";
import { sheetName } from "./scheduled-sheet.ts";

const sheetColumns = new TableSchema({
  columns: [
    { name: "element", type: "string" },
    { name: "status", type: "string" },
    { name: "started_at", type: "string" },
    { name: "ready_at", type: "string" },
    { name: "seconds", type: "float" },
    { name: "materialization_id", type: "string" },
  ],
});

/** Metadata of the materialization event: link, version, duration, and a table of the sheets. */
export function materializationMetadata({ target, sheets, seconds }: MaterializeDocumentResult): RawMetadata {
  return {
    ...(target.url == null ? {} : { [sigmaLabels.webUrl]: MetadataValue.url(target.url) }),
    ...(target.version == null ? {} : { [sigmaLabels.version]: target.version }),
    [sigmaLabels.runtimeSeconds]: MetadataValue.float(seconds),
    [sigmaLabels.sheets]: MetadataValue.table({
      schema: sheetColumns,
      records: sheets.map((result) => ({
        element: sheetName(result.sheet),
        status: result.status ?? result.outcome,
        started_at: result.startedAt ?? "",
        ready_at: result.readyAt ?? "",
        seconds: result.seconds,
        materialization_id: result.materializationId ?? "",
      })),
    }),
  };
}
