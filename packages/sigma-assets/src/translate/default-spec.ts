import {
  AssetSpec,
  type JsonValue,
  MetadataValue,
  type RawMetadata,
  TableSchema,
} from "@dagster-sigma/asset-graph";
import type { SigmaTranslatorData } from "./translator-data.ts";

/** Kind of each type of object, beside `sigma`. */
const kinds: Readonly<Record<SigmaTranslatorData["type"], string>> = {
  workbook: "workbook",
  dataModel: "data_model",
  dataset: "dataset",
};

/** What an object is by default: keys, kinds and metadata names are those of dagster-sigma 0.29. */
export function buildDefaultSpec(data: SigmaTranslatorData): AssetSpec {
  return new AssetSpec({
    key: data.organization.defaultKey(data),
    description: data.type === "dataset" ? (data.properties.description ?? null) : null,
    kinds: ["sigma", kinds[data.type]],
    owners: data.ownerEmail === null ? [] : [data.ownerEmail],
    deps: data.organization.depsOn(data.upstreams),
    metadata: {
      ...commonMetadata(data),
      ...(data.type === "workbook" ? { "dagster_sigma/workbook_id": data.properties.workbookId } : {}),
      ...columnMetadata(data),
      ...(data.type === "dataset" && data.hasInferredUpstreams
        ? { "dagster_sigma/upstreams_inferred_from_sql": true }
        : {}),
      ...(data.organization.options.rawMetadata ? rawMetadata(data) : {}),
    },
  });
}

function commonMetadata(data: SigmaTranslatorData): RawMetadata {
  const { name, path, url, createdAt } = data.properties;
  const version = data.type === "dataset" ? null : data.properties.latestVersion;
  const createdMs = Date.parse(createdAt ?? "");
  return {
    ...(url == null ? {} : { "dagster_sigma/web_url": MetadataValue.url(url) }),
    ...(version == null ? {} : { "dagster_sigma/version": version }),
    ...(Number.isNaN(createdMs)
      ? {}
      : { "dagster_sigma/created_at": MetadataValue.timestamp(createdMs / 1000) }),
    "dagster_sigma/id": data.id,
    ...(name == null ? {} : { "dagster_sigma/name": name }),
    ...(path == null ? {} : { "dagster_sigma/path": path }),
  };
}

/** Dagster takes a column without a type for a string. */
function columnMetadata({ columns, organization }: SigmaTranslatorData): RawMetadata {
  if (columns.length === 0) return {};
  const schema = columns.map(({ name, type, formula }) => ({
    name,
    ...(type === null ? {} : { type }),
    ...(formula === null || formula === "" ? {} : { description: formula }),
  }));
  const lineage = organization.columnLineage(columns);
  return {
    "dagster/column_schema": new TableSchema({ columns: schema }),
    ...(lineage === null ? {} : { "dagster/column_lineage": lineage }),
  };
}

function rawMetadata(data: SigmaTranslatorData): RawMetadata {
  return {
    "dagster_sigma/properties": MetadataValue.json(data.properties as JsonValue),
    ...(data.type === "dataset"
      ? {}
      : { "dagster_sigma/lineage": MetadataValue.json(data.lineage as JsonValue) }),
  };
}
