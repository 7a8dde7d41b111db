import {
  type AssetKind,
  type AssetNode,
  compareKinds,
  type Definitions,
  resolvePresentation,
} from "@dagster-sigma/asset-graph";
import { buildColumnData, type ColumnData, edgesOf } from "@dagster-sigma/asset-graph/graph-index";
import type { DiagnosticExplanation } from "@dagster-sigma/foundation";
import { buildPageAsset } from "./build-page-asset.ts";
import type { PageDiagnostic, PageGraph } from "./page-graph.ts";

export interface PageGraphAndColumns {
  readonly graph: Omit<PageGraph, "version">;
  readonly columns: ColumnData;
}

/** Converts definitions to the page's graph; assets are in key order. */
export function buildPageGraph(definitions: Definitions): PageGraphAndColumns {
  const nodes = [...definitions.assetGraph.nodes.values()];
  const presentations = nodes.map(resolvePresentation);
  const columns = buildColumnData(nodes);
  const counts = new Map(columns.assets.map(([asset, names]) => [asset, names.length]));
  const byObject = assetsByObject(nodes);
  const reports = definitions.loadReports;
  return {
    graph: {
      fetchedAt: reports.map(({ fetchedAt }) => fetchedAt).sort()[0] ?? null,
      sources: reports.map(({ source }) => withoutFolder(source)),
      scopes: [...new Set(reports.flatMap(({ scope }) => scope ?? []))],
      kinds: distinctKinds(presentations.map(({ kind }) => kind)),
      assets: nodes.map(({ spec, isStub }, index) =>
        buildPageAsset({
          spec,
          isStub,
          presentation: presentations[index] as (typeof presentations)[number],
          columns: counts.get(index) ?? 0,
        }),
      ),
      edges: edgesOf(nodes),
      diagnostics: reports
        .flatMap(({ diagnostics }) => diagnostics)
        .map(
          ({ code, severity, message, object }): PageDiagnostic => ({
            code,
            severity,
            message,
            object: object === null ? null : { type: object.type, name: object.name, url: object.url },
            asset: object === null ? null : (byObject.get(object.id) ?? null),
          }),
        ),
      explanations: Object.assign({}, ...reports.map(({ explanations }) => explanations ?? {})) as Record<
        string,
        DiagnosticExplanation
      >,
      outcomes: reports.flatMap(({ outcomes }) => outcomes),
    },
    columns,
  };
}

/** A source may be an absolute path, which would tell where files are on this machine. */
function withoutFolder(source: string): string {
  return /^([/\\]|[A-Za-z]:[/\\])/.test(source) ? (source.split(/[/\\]/).at(-1) ?? "") : source;
}

/** Asset indices by the id of the represented object, to which diagnostics refer. */
function assetsByObject(nodes: readonly AssetNode[]): ReadonlyMap<string, number> {
  return new Map(
    nodes.flatMap(({ spec }, index) => {
      const object = spec.origin?.object ?? null;
      return object === null ? [] : [[object.id, index] as const];
    }),
  );
}

/** Kinds without duplicates, in data flow order. Of kinds with the same id the first is used. */
function distinctKinds(kinds: readonly AssetKind[]): readonly AssetKind[] {
  const byId = new Map<string, AssetKind>();
  for (const kind of kinds) if (!byId.has(kind.id)) byId.set(kind.id, kind);
  return [...byId.values()].sort(compareKinds);
}
