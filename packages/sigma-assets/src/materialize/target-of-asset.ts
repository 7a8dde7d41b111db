import type { AssetSpec, Metadata } from "@dagster-sigma/asset-graph";
import type { MaterializationScheduleRow } from "@dagster-sigma/sigma-client";
import { sigmaLabels } from "../derive/translate/sigma-labels.ts";
import { sigmaObjectOf } from "../derive/translate/sigma-object.ts";
import type { MaterializeTarget } from "./materialize-target.ts";

/** The document of an asset, and its elements if the asset is only a part of it. */
export interface AssetTarget {
  readonly target: MaterializeTarget;
  /** Ids of elements; undefined for all. */
  readonly elements: readonly string[] | undefined;
}

/**
 * The workbook or data model that an asset represents; null for other assets. An asset without an origin, for example a copy
 * written by hand, is recognized by `dagster_sigma/workbook_id`.
 */
export function targetOfAsset(spec: AssetSpec): AssetTarget | null {
  const object = sigmaObjectOf(spec);
  const { metadata } = spec;
  const about = {
    name: textOf(metadata, sigmaLabels.name),
    url: textOf(metadata, sigmaLabels.webUrl),
    version: object?.version ?? null,
  };
  switch (object?.type) {
    case "workbook":
    case "dataModel":
      return { target: { type: object.type, id: object.id, ...about }, elements: undefined };
    case "dataModelElement": {
      const [modelId = "", elementId = ""] = object.id.split("/");
      return {
        target: { type: "dataModel", id: modelId, ...about },
        elements: sheetIdsOf(metadata) ?? [elementId],
      };
    }
    case "dataset":
      return null;
    case undefined: {
      const id = textOf(metadata, sigmaLabels.workbookId);
      return id === null ? null : { target: { type: "workbook", id, ...about }, elements: undefined };
    }
  }
}

/** Sheets of a loaded element; Sigma may name the element of a schedule only by its name. */
function sheetIdsOf(metadata: Metadata): readonly string[] | null {
  const value = metadata[sigmaLabels.materializationSchedules];
  if (value?.type !== "json" || !Array.isArray(value.value)) return null;
  const ids = (value.value as readonly MaterializationScheduleRow[]).flatMap(({ sheetId }) => sheetId ?? []);
  return ids.length === 0 ? null : ids;
}

function textOf(metadata: Metadata, label: string): string | null {
  const value = metadata[label]?.value;
  return typeof value === "string" ? value : null;
}
