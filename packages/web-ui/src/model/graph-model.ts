import { GraphIndex } from "@dagster-sigma/asset-graph/graph-index";
import type { ImpactGraph } from "@dagster-sigma/asset-graph/impact";
import type { AssetKind } from "@dagster-sigma/asset-graph/presentation";
import type { Severity } from "@dagster-sigma/foundation";
import { kindFinder } from "./kind-finder.ts";
import type { PageAsset, PageGraph } from "./page-graph.ts";

/** The graph with the queries that the page needs. */
export class GraphModel implements ImpactGraph {
  readonly graph: PageGraph;
  readonly index: GraphIndex;
  readonly #kindOf: (asset: number) => AssetKind;
  readonly #byKey: ReadonlyMap<string, number>;
  readonly #problems: ReadonlyMap<number, Severity>;
  #readByPeople: Uint8Array | null = null;

  constructor(graph: PageGraph) {
    this.graph = graph;
    this.index = new GraphIndex(graph.assets.length, graph.edges);
    this.#kindOf = kindFinder(graph);
    this.#byKey = new Map(graph.assets.map(({ key }, asset) => [key, asset]));
    const problems = new Map<number, Severity>();
    for (const { asset, severity } of graph.diagnostics) {
      if (asset !== null && problems.get(asset) !== "error") problems.set(asset, severity);
    }
    this.#problems = problems;
  }

  get assets(): readonly PageAsset[] {
    return this.graph.assets;
  }

  /** @throws RangeError for an invalid index */
  asset(index: number): PageAsset {
    const asset = this.graph.assets[index];
    if (asset === undefined) throw new RangeError(`There is no asset ${index}.`);
    return asset;
  }

  kindOf(index: number): AssetKind {
    return this.#kindOf(index);
  }

  indexOf(key: string): number | null {
    return this.#byKey.get(key) ?? null;
  }

  /** 1 by index for each asset that people read, such as a workbook, else 0. */
  get readByPeople(): Uint8Array {
    this.#readByPeople ??= Uint8Array.from(this.assets, (_asset, at) =>
      this.kindOf(at).isReadByPeople === true ? 1 : 0,
    );
    return this.#readByPeople;
  }

  /** The worst severity of an asset's diagnostics; null if there are none. */
  problemOf(asset: number): Severity | null {
    return this.#problems.get(asset) ?? null;
  }
}
