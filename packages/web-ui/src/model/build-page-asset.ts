import { type AssetNode, type AssetSpec, tableNameLabel } from "@dagster-sigma/asset-graph";
import { labelledFlag, labelledText, labelledTimestamp, textOf, webAddress } from "./asset-labels.ts";
import type { AssetKind, PageAsset } from "./page-graph.ts";

/** @param columns how many columns of it are known */
export function buildPageAsset({ spec, isStub }: AssetNode, columns: number): PageAsset {
  const { metadata, key } = spec;
  const kind = kindOf(spec, isStub);
  return {
    key: key.toEscapedUserString(),
    path: key.path,
    name: labelledText(metadata, "name") ?? key.path.at(-1) ?? "",
    kind,
    kinds: spec.kinds,
    folder: folderOf(spec, kind),
    group: spec.groupName,
    owners: spec.owners,
    tags: spec.tags,
    url: webAddress(labelledText(metadata, "web_url")),
    table: textOf(spec, tableNameLabel),
    updatedAt: labelledTimestamp(metadata, "updated_at"),
    columns,
    isStub,
    isArchived: labelledFlag(metadata, "is_archived"),
  };
}

function kindOf({ kinds, metadata }: AssetSpec, isStub: boolean): AssetKind {
  if (kinds.includes("workbook")) return "workbook";
  if (kinds.includes("data_model")) return "dataModel";
  if (kinds.includes("dataset")) return "dataset";
  const isTable = isStub || kinds.includes("table") || kinds.includes("view");
  return isTable || metadata[tableNameLabel] !== undefined ? "table" : "other";
}

/** A table lies in its schema; what has no folder of its own lies where its key says. */
function folderOf(spec: AssetSpec, kind: AssetKind): readonly string[] {
  const path = labelledText(spec.metadata, "path");
  if (path !== null) return path.split("/").filter((name) => name !== "");
  if (kind === "table") {
    const table = textOf(spec, tableNameLabel)?.split(".");
    if (table !== undefined && table.length > 1) return table.slice(0, -1);
  }
  return spec.groupName !== null ? spec.groupName.split("/") : spec.key.path.slice(0, -1);
}
