import {
  AssetSpec,
  Definitions,
  evaluateSelection,
  parseSelection,
  selectableGraph,
  TableColumnDep,
  TableColumnLineage,
  TableSchema,
} from "@dagster-sigma/asset-graph";
import { ColumnIndex } from "@dagster-sigma/asset-graph/graph-index";
import {
  buildAssetImpact,
  buildColumnImpact,
  type Impact,
  type ImpactGraph,
  impactCsv,
  impactMarkdown,
  indexDefinitions,
} from "@dagster-sigma/asset-graph/impact";
import fc from "fast-check";
import { expect, it } from "vitest";
import { buildPageGraph } from "../src/model/build-page-graph.ts";
import { GraphModel } from "../src/model/graph-model.ts";
import { randomGraph, seeded } from "./random-graph.ts";
import { sampleKinds } from "./sample-kinds.ts";

/**
 * A random graph as definitions; about a third of the assets have no known columns, like workbooks loaded without
 * them.
 */
function randomDefinitions(seed: number): Definitions {
  const graph = randomGraph({ assets: 60, seed, folders: 5 });
  const random = seeded(seed + 1);
  const columns = graph.assets.map(() =>
    random() < 0.35
      ? []
      : Array.from({ length: 1 + Math.floor(random() * 4) }, (_c, at) => `Part ${at % 2}/c${at}`),
  );
  const upstream = graph.assets.map((): number[] => []);
  for (let edge = 0; edge < graph.edges.length; edge += 2)
    upstream[graph.edges[edge + 1] as number]?.push(graph.edges[edge] as number);
  const keyOf = (asset: number): string => `asset_${asset}`;
  const specs = graph.assets.flatMap(({ kind, name, folder, owners, isStub }, at) => {
    // An undefined asset exists only if another asset depends on it.
    if (isStub && random() < 0.5) return [];
    const lineage = (columns[at] ?? []).map((column) => {
      const from = (upstream[at] ?? []).flatMap((asset) =>
        random() < 0.7 ? [new TableColumnDep(keyOf(asset), columns[asset]?.[0] ?? "only in lineage")] : [],
      );
      return [column, from] as const;
    });
    return [
      new AssetSpec({
        key: keyOf(at),
        deps: (upstream[at] ?? []).map(keyOf),
        owners,
        presentation: { name, folder, kind: sampleKinds.find(({ id }) => id === kind) ?? null },
        metadata: {
          "dagster/column_schema": new TableSchema({
            columns: (columns[at] ?? []).map((column) => ({ name: column })),
          }),
          "dagster/column_lineage": new TableColumnLineage(Object.fromEntries(lineage)),
        },
      }),
    ];
  });
  return new Definitions({ assets: specs });
}

/** An impact by keys, and as exported. */
function told(graph: ImpactGraph, impact: Impact): unknown {
  return {
    ...impact,
    assets: impact.assets.map(({ asset, ...rest }) => ({ ...rest, key: graph.asset(asset).key })),
    csv: impactCsv(graph, impact),
    markdown: impactMarkdown(graph, impact, "t"),
  };
}

it("impact is the same on definitions and on the page's graph of them", () => {
  let reached = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (seed) => {
      const definitions = randomDefinitions(seed);
      const direct = indexDefinitions(definitions.assetGraph);
      const selectable = selectableGraph(definitions.assetGraph);
      const page = buildPageGraph(definitions);
      // As received by the browser.
      const sent = JSON.parse(JSON.stringify(page)) as typeof page;
      const model = new GraphModel({ ...sent.graph, version: "1" });
      const columns = new ColumnIndex(sent.columns);
      for (const { key } of model.assets) {
        const asset = model.indexOf(key) ?? -1;
        const number = direct.numberOf(key) ?? -1;
        expect(told(direct.graph, buildAssetImpact(direct.graph, direct.columns, number))).toEqual(
          told(model, buildAssetImpact(model, columns, asset)),
        );
        for (const column of columns.columnsOf(asset)) {
          const name = columns.nameOf(column);
          const same = direct.columns.find({ asset: number, name }) ?? -1;
          const impact = buildColumnImpact(model, columns, column);
          reached += impact.assets.length;
          // The same assets as those of the selection, each affected or not.
          const downstream = evaluateSelection(parseSelection(`key:"${key}"+`), selectable).size - 1;
          expect(impact.assets.length + impact.unaffected.length).toBe(downstream);
          expect(told(direct.graph, buildColumnImpact(direct.graph, direct.columns, same))).toEqual(
            told(model, impact),
          );
        }
      }
    }),
    { numRuns: 30 },
  );
  expect(reached).toBeGreaterThan(1_000);
});
