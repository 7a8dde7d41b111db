import { type AssetNode, metadataToJson } from "@dagster-sigma/asset-graph";
import { columnLineageLabel, columnSchemaLabel } from "./build-page-columns.ts";
import type { PageAssetDetails } from "./page-graph.ts";

/** What has a place of its own on the page. */
const shownElsewhere = new Set([columnSchemaLabel, columnLineageLabel, "dagster/auto_created_stub_asset"]);

export function buildAssetDetails({ spec }: AssetNode): PageAssetDetails {
  const schema = spec.metadata[columnSchemaLabel];
  return {
    key: spec.key.toEscapedUserString(),
    description: spec.description,
    codeVersion: spec.codeVersion,
    columns:
      schema?.type === "table_schema"
        ? schema.value.columns.map(({ name, type, description }) => ({ name, type, description }))
        : [],
    metadata: Object.entries(metadataToJson(spec.metadata))
      .filter(([label]) => !shownElsewhere.has(label))
      .map(([label, { type, value }]) => ({ label, type, value })),
  };
}
