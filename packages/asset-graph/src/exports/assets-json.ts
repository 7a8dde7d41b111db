import type { Diagnostic } from "@dagster-sigma/foundation";
import type { Definitions } from "../definitions/definitions.ts";
import type { AssetNode } from "../graph/asset-graph.ts";
import { columnLineageLabel } from "../metadata/metadata-labels.ts";
import type { TableColumnLineage } from "../metadata/table-column-lineage.ts";
import type { Provenance } from "../provenance/provenance.ts";
import { type MetadataJson, metadataToJson } from "./metadata-json.ts";

/** One asset as JSON; a stable format, described in `docs/reference/json-output.md`. */
export interface AssetJson {
  readonly key: readonly string[];
  readonly kinds: readonly string[];
  readonly description: string | null;
  readonly owners: readonly string[];
  readonly group: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly deps: readonly DepJson[];
  readonly metadata: MetadataJson;
  /** Whether the definitions contain code that materializes the asset. */
  readonly isExecutable: boolean;
  /** How each dependency of each column is known, in the order of `deps_by_column`; omitted without column lineage. */
  readonly columnProvenance?: Readonly<Record<string, readonly (Provenance | null)[]>>;
}

/** One dependency as JSON. */
export interface DepJson {
  readonly key: readonly string[];
  readonly metadata: MetadataJson;
  /** How the dependency is known, most certain first; empty if it was defined by hand. */
  readonly provenance: readonly Provenance[];
}

/** The assets of definitions as JSON, with the reports of their loads. */
export interface AssetsJson {
  readonly assets: readonly AssetJson[];
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: {
    readonly requests: number;
    readonly wallMs: number;
    /** When the oldest rows were fetched, ISO 8601; null if nothing was loaded. */
    readonly stateFetchedAt: string | null;
    /** What users should know about the loads, as sentences. */
    readonly notes: readonly string[];
  };
}

/** Options of {@link buildAssetsJson}: which assets to include. */
export interface AssetsJsonOptions {
  /** Whether to include stubs for upstream assets that are not defined here. Default: false. */
  readonly stubs?: boolean;
  /** Ids (`AssetKey.toString()`) of the assets and stubs to include. Default: all. Takes precedence over `stubs`. */
  readonly selected?: ReadonlySet<string> | null;
}

/** Exports assets. They and their dependencies are sorted by key. */
export function buildAssetsJson(definitions: Definitions, options: AssetsJsonOptions = {}): AssetsJson {
  const { selected = null } = options;
  const nodes = [...definitions.assetGraph.nodes]
    .filter(([id, node]) => selected?.has(id) ?? (options.stubs === true || !node.isStub))
    .map(([, node]) => node);
  const reports = definitions.loadReports;
  return {
    assets: nodes.map(assetToJson),
    diagnostics: reports
      .flatMap((report) => report.diagnostics)
      .map(({ code, severity, object, message }) => ({ code, severity, object, message })),
    summary: {
      requests: reports.reduce((sum, report) => sum + report.requests, 0),
      wallMs: reports.reduce((sum, report) => sum + report.wallMs, 0),
      stateFetchedAt: reports.map(({ fetchedAt }) => fetchedAt).sort()[0] ?? null,
      notes: reports.flatMap(({ notes }) => notes),
    },
  };
}

function assetToJson({ spec, upstream }: AssetNode): AssetJson {
  const deps = new Map(spec.deps.map((dep) => [dep.assetKey.toString(), dep]));
  const lineage = spec.metadata[columnLineageLabel];
  return {
    key: spec.key.path,
    kinds: spec.kinds,
    description: spec.description,
    owners: spec.owners,
    group: spec.groupName,
    tags: spec.tags,
    deps: upstream.map((key) => ({
      key: key.path,
      metadata: metadataToJson(deps.get(key.toString())?.metadata ?? {}),
      provenance: deps.get(key.toString())?.provenances ?? [],
    })),
    metadata: metadataToJson(spec.metadata),
    isExecutable: spec.execution !== null,
    ...(lineage?.type === "table_column_lineage"
      ? { columnProvenance: columnProvenance(lineage.value) }
      : {}),
  };
}

function columnProvenance({ depsByColumn }: TableColumnLineage): NonNullable<AssetJson["columnProvenance"]> {
  return Object.fromEntries(
    Object.entries(depsByColumn).map(([column, deps]) => [column, deps.map(({ provenance }) => provenance)]),
  );
}
