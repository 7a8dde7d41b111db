import type { Severity } from "@dagster-sigma/foundation";
import { GraphIndex } from "./graph-index.ts";
import type { PageAsset, PageGraph } from "./page-graph.ts";

/** The graph as the page asks it. */
export class GraphModel {
  readonly graph: PageGraph;
  readonly index: GraphIndex;
  readonly #byKey: ReadonlyMap<string, number>;
  readonly #problems: ReadonlyMap<number, Severity>;

  constructor(graph: PageGraph) {
    this.graph = graph;
    this.index = new GraphIndex(graph.assets.length, graph.edges);
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

  /** @throws RangeError for an index of no asset */
  asset(index: number): PageAsset {
    const asset = this.graph.assets[index];
    if (asset === undefined) throw new RangeError(`There is no asset ${index}.`);
    return asset;
  }

  indexOf(key: string): number | null {
    return this.#byKey.get(key) ?? null;
  }

  /** The worst that was noticed about an asset; null when nothing was. */
  problemOf(asset: number): Severity | null {
    return this.#problems.get(asset) ?? null;
  }
}
