import type { AssetSpec, Metadata, MetadataValue, TableSchema } from "@dagster-sigma/asset-graph";
import { conditionJson } from "./serialized-condition.ts";

/**
 * Asset specs in the format that `python/spec_location.py` reads; nothing is omitted.
 *
 * @param dagsterVersion the Dagster that reads the JSON of automation conditions
 */
export function specsJson(specs: readonly AssetSpec[], dagsterVersion = "1.13.27"): string {
  return JSON.stringify(
    specs.map((spec) => ({
      key: spec.key.path,
      deps: spec.deps.map(({ assetKey, metadata }) => ({
        key: assetKey.path,
        metadata: metadataOf(metadata),
      })),
      description: spec.description,
      kinds: spec.kinds,
      tags: spec.tags,
      owners: spec.owners,
      group: spec.groupName,
      codeVersion: spec.codeVersion,
      freshness:
        spec.freshnessPolicy === null
          ? null
          : [spec.freshnessPolicy.failWindowSeconds, spec.freshnessPolicy.warnWindowSeconds],
      condition:
        spec.automationCondition === null ? null : conditionJson(spec.automationCondition, dagsterVersion),
      virtual: spec.isVirtual,
      metadata: metadataOf(spec.metadata),
    })),
  );
}

function metadataOf(metadata: Metadata): object {
  return Object.fromEntries(
    Object.entries(metadata).map(([label, value]) => [label, { type: value.type, value: plain(value) }]),
  );
}

function plain(metadata: MetadataValue): unknown {
  switch (metadata.type) {
    case "asset":
      return metadata.value.path;
    case "table_schema":
      return schemaOf(metadata.value);
    case "table":
      return { records: metadata.value.records, schema: schemaOf(metadata.value.schema) };
    case "table_column_lineage":
      return Object.fromEntries(
        Object.entries(metadata.value.depsByColumn).map(([column, deps]) => [
          column,
          deps.map(({ assetKey, columnName }) => ({ asset_key: assetKey.path, column_name: columnName })),
        ]),
      );
    default:
      return metadata.value;
  }
}

function schemaOf({ columns, constraints }: TableSchema): object {
  return { columns: columns.map((column) => ({ ...column })), constraints };
}
