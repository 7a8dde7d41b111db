import type { AssetPresentation, PresentedSchedule, PresentedStatement } from "@dagster-sigma/asset-graph";
import type { LineageRow, MaterializationScheduleRow } from "@dagster-sigma/sigma-client";
import { derivedKindOf } from "./derived-kind-of.ts";
import { sigmaLabels } from "./sigma-labels.ts";
import type { SigmaTranslatorData } from "./translator-data.ts";

const repeatedMetadata: readonly string[] = [
  sigmaLabels.name,
  sigmaLabels.path,
  sigmaLabels.webUrl,
  sigmaLabels.updatedAt,
  sigmaLabels.isArchived,
  sigmaLabels.customSql,
  sigmaLabels.materializationSchedules,
];

/** The default presentation of an object. */
export function buildDefaultPresentation(data: SigmaTranslatorData): AssetPresentation {
  const { name, path, url, updatedAt, isArchived } = data.properties;
  const updatedMs = Date.parse(updatedAt ?? "");
  return {
    name: name ?? null,
    kind: derivedKindOf(data).presented,
    folder: path?.split("/").filter((folder) => folder !== "") ?? null,
    url: url ?? null,
    urlLabel: "Open in Sigma",
    updatedAt: Number.isNaN(updatedMs) ? null : updatedMs / 1_000,
    isArchived: isArchived === true,
    statements: data.organization.options.customSql ? statementsOf(data) : [],
    schedules: data.type === "dataset" ? [] : data.materializationSchedules.map(presentedSchedule),
    repeatedMetadata,
  };
}

/** The custom SQL of a document, with the names of its elements or of the SQL. */
function statementsOf(data: SigmaTranslatorData): readonly PresentedStatement[] {
  if (data.type !== "workbook" && data.type !== "dataModel") return [];
  return (data.lineage as readonly Partial<LineageRow>[]).flatMap(({ type, name, definition }) =>
    type?.toLowerCase() === "customsql" && definition != null && definition !== ""
      ? [{ name: name ?? "", sql: definition }]
      : [],
  );
}

function presentedSchedule(row: MaterializationScheduleRow): PresentedSchedule {
  return {
    name: row.elementName || row.sheetId || "",
    cron: row.schedule?.cronSpec || null,
    timeZone: row.schedule?.timezone || null,
    isPaused: row.paused === true,
  };
}
