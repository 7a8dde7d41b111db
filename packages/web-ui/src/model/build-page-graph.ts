import type { Definitions } from "@dagster-sigma/asset-graph";
import { labelledText } from "./asset-labels.ts";
import { buildPageAsset } from "./build-page-asset.ts";
import { buildPageColumns } from "./build-page-columns.ts";
import type { PageColumns, PageDiagnostic, PageGraph } from "./page-graph.ts";

export interface PageGraphAndColumns {
  readonly graph: Omit<PageGraph, "version">;
  readonly columns: Omit<PageColumns, "version">;
}

/** Definitions as the page has them; assets in order of their keys. */
export function buildPageGraph(definitions: Definitions): PageGraphAndColumns {
  const nodes = [...definitions.assetGraph.nodes.values()];
  const columns = buildPageColumns(nodes);
  const counts = new Map(columns.assets.map(([asset, names]) => [asset, names.length]));
  const indices = new Map(nodes.map(({ spec }, index) => [spec.key.toString(), index]));
  const edges = nodes.flatMap(({ upstream }, to) =>
    upstream.flatMap((key) => {
      const from = indices.get(key.toString());
      return from === undefined ? [] : [from, to];
    }),
  );
  const byId = new Map(
    nodes.flatMap(({ spec }, index) => {
      const id = labelledText(spec.metadata, "id");
      return id === null ? [] : [[id, index] as const];
    }),
  );
  const reports = definitions.loadReports;
  return {
    graph: {
      fetchedAt: reports.map(({ fetchedAt }) => fetchedAt).sort()[0] ?? null,
      sources: reports.map(({ source }) => source),
      visibility: reports.map(({ visibility }) => visibility).sort()[0] ?? null,
      assets: nodes.map((node, index) => buildPageAsset(node, counts.get(index) ?? 0)),
      edges,
      diagnostics: reports
        .flatMap(({ diagnostics }) => diagnostics)
        .map(
          ({ code, severity, message, object }): PageDiagnostic => ({
            code,
            severity,
            message,
            object: object === null ? null : { type: object.type, name: object.name, url: object.url },
            asset: object === null ? null : (byId.get(object.id) ?? null),
          }),
        ),
      outcomes: reports.flatMap(({ outcomes }) => outcomes),
    },
    columns,
  };
}
