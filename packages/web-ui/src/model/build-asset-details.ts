import {
  type AssetNode,
  columnLineageLabel,
  columnSchemaLabel,
  metadataToJson,
  resolvePresentation,
  stubAssetLabel,
  tableNameLabel,
} from "@dagster-sigma/asset-graph";
import type { PageAssetDetails } from "./page-graph.ts";

/** Dagster's labels that the page shows elsewhere. */
const shownElsewhere = [columnSchemaLabel, columnLineageLabel, stubAssetLabel, tableNameLabel];

export function buildAssetDetails(node: AssetNode): PageAssetDetails {
  const { spec } = node;
  const { statements, schedules, repeatedMetadata } = resolvePresentation(node);
  const schema = spec.metadata[columnSchemaLabel];
  const isHidden = (label: string): boolean =>
    shownElsewhere.includes(label) || repeatedMetadata.includes(label);
  return {
    key: spec.key.toEscapedUserString(),
    description: spec.description,
    codeVersion: spec.codeVersion,
    columns:
      schema?.type === "table_schema"
        ? schema.value.columns.map(({ name, type, description }) => ({ name, type, description }))
        : [],
    provenances: spec.deps
      .filter(({ provenances }) => provenances.length > 0)
      .map(({ assetKey, provenances }) => ({ asset: assetKey.toEscapedUserString(), told: provenances })),
    statements,
    schedules,
    metadata: Object.entries(metadataToJson(spec.metadata))
      .filter(([label]) => !isHidden(label))
      .map(([label, { type, value }]) => ({ label, type, value })),
  };
}
