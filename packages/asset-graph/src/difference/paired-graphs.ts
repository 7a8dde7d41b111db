import { compareText } from "@dagster-sigma/foundation";
import type { ComparedGraph } from "./compared-graph.ts";

/** A graph with the identity of each asset as text. */
export interface IdentifiedGraph {
  readonly graph: ComparedGraph;
  readonly ids: readonly string[];
}

/** Two graphs, and which assets of them are the same. */
export class PairedGraphs {
  readonly before: ComparedGraph;
  readonly now: ComparedGraph;
  readonly #beforeIds: readonly string[];
  readonly #nowIds: readonly string[];
  readonly #beforeById: ReadonlyMap<string, number>;
  readonly #nowById: ReadonlyMap<string, number>;

  constructor(before: IdentifiedGraph, now: IdentifiedGraph) {
    this.before = before.graph;
    this.now = now.graph;
    this.#beforeIds = before.ids;
    this.#nowIds = now.ids;
    this.#beforeById = new Map(before.ids.map((id, asset) => [id, asset]));
    this.#nowById = new Map(now.ids.map((id, asset) => [id, asset]));
  }

  /** Number before of a current asset; null if it did not exist. */
  beforeOf(now: number): number | null {
    return definedIn(this.before, this.#beforeById.get(this.#nowIds[now] ?? ""));
  }

  /** Number now of an asset of before; null if it is gone. */
  nowOf(before: number): number | null {
    return definedIn(this.now, this.#nowById.get(this.#beforeIds[before] ?? ""));
  }

  /** Direct dependencies by identity, in key order. */
  depsBefore(asset: number): ReadonlyMap<string, number> {
    return depsOf(this.before, this.#beforeIds, asset);
  }

  depsNow(asset: number): ReadonlyMap<string, number> {
    return depsOf(this.now, this.#nowIds, asset);
  }

  /** The columns of an asset; for each, its sources as one text. */
  columnsBefore(asset: number): ReadonlyMap<string, string> {
    return columnsOf(this.before, this.#beforeIds, asset);
  }

  columnsNow(asset: number): ReadonlyMap<string, string> {
    return columnsOf(this.now, this.#nowIds, asset);
  }

  /** The sources of one column before; empty if it has none or does not exist. */
  sourcesBefore(asset: number, name: string): readonly string[] {
    return sourcesOf(this.before, this.#beforeIds, this.before.columns.find({ asset, name }));
  }

  sourcesNow(asset: number, name: string): readonly string[] {
    return sourcesOf(this.now, this.#nowIds, this.now.columns.find({ asset, name }));
  }
}

/** A stub does not count: an asset that is now only read by others is no longer defined. */
function definedIn({ assets }: ComparedGraph, asset: number | undefined): number | null {
  return asset === undefined || assets[asset]?.isStub !== false ? null : asset;
}

function depsOf(
  { graph }: ComparedGraph,
  ids: readonly string[],
  asset: number,
): ReadonlyMap<string, number> {
  const deps = [...graph.index.upstream(asset)];
  deps.sort((a, b) => compareText(graph.asset(a).key, graph.asset(b).key));
  return new Map(deps.map((dep) => [ids[dep] ?? "", dep]));
}

function columnsOf(graph: ComparedGraph, ids: readonly string[], asset: number): ReadonlyMap<string, string> {
  const { columns } = graph;
  return new Map(
    columns
      .columnsOf(asset)
      .map((column) => [columns.nameOf(column), sourcesOf(graph, ids, column).join("\n")]),
  );
}

function sourcesOf(
  { columns }: ComparedGraph,
  ids: readonly string[],
  column: number | null,
): readonly string[] {
  if (column === null) return [];
  const sources = [...columns.index.upstream(column)].map((source) =>
    JSON.stringify([ids[columns.assetOf(source)], columns.nameOf(source)]),
  );
  return [...new Set(sources)].sort();
}
