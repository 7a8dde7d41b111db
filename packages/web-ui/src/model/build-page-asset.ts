import type { AssetSpec, ResolvedPresentation } from "@dagster-sigma/asset-graph";
import type { PageAsset } from "./page-graph.ts";

export interface PageAssetParts {
  readonly spec: AssetSpec;
  readonly isStub: boolean;
  readonly presentation: ResolvedPresentation;
  /** Number of known columns. */
  readonly columns: number;
}

export function buildPageAsset({ spec, isStub, presentation, columns }: PageAssetParts): PageAsset {
  const { name, kind, folder, connection, url, urlLabel, table, updatedAt, isArchived } = presentation;
  return {
    key: spec.key.toEscapedUserString(),
    path: spec.key.path,
    name,
    kind: kind.id,
    kinds: spec.kinds,
    folder,
    connection,
    group: spec.groupName,
    owners: spec.owners,
    tags: spec.tags,
    url,
    urlLabel: url === null ? null : urlLabel,
    table,
    updatedAt,
    columns,
    isStub,
    isArchived,
  };
}
