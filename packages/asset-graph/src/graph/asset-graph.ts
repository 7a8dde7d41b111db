import type { AssetSpec } from "../assets/asset-spec.ts";
import { AssetGraphError } from "../errors.ts";
import { type AssetKey, compareAssetKeys } from "../keys/asset-key.ts";
import { findCycle } from "./find-cycle.ts";
import { buildStubSpec } from "./stub-asset.ts";

/** An asset and its place in the graph. */
export interface AssetNode {
  readonly spec: AssetSpec;
  /** True if the asset is not defined here: it stands for an upstream asset. */
  readonly isStub: boolean;
  /** Direct dependencies, sorted by key. */
  readonly upstream: readonly AssetKey[];
  /** Direct downstream assets, sorted by key. */
  readonly downstream: readonly AssetKey[];
}

/** Options of {@link AssetGraph.upstream} and {@link AssetGraph.downstream}. */
export interface TraversalOptions {
  /** Maximum number of steps. Default: no limit. */
  readonly depth?: number;
}

/** Assets and their dependencies. Every dependency has a node: a stub if nothing defines it. Acyclic. */
export class AssetGraph {
  /** Every node by `AssetKey.toString()`, sorted by key. */
  readonly nodes: ReadonlyMap<string, AssetNode>;

  private constructor(nodes: ReadonlyMap<string, AssetNode>) {
    this.nodes = nodes;
  }

  /**
   * Builds the graph.
   *
   * @throws AssetGraphError `DUPLICATE_ASSET_KEY` naming both sources, `DEPENDENCY_CYCLE` printing the cycle
   */
  static build(specs: Iterable<AssetSpec>): AssetGraph {
    const defined = indexByKey(specs);
    const all = new Map(defined);
    const downstream = new Map<string, AssetKey[]>();
    for (const spec of defined.values()) {
      for (const dep of spec.deps) {
        const upstreamId = dep.assetKey.toString();
        const known = all.get(upstreamId);
        if (known === undefined) all.set(upstreamId, buildStubSpec(dep));
        const dependants = downstream.get(upstreamId);
        if (dependants === undefined) downstream.set(upstreamId, [spec.key]);
        else dependants.push(spec.key);
      }
    }
    checkAcyclic(defined);
    const sorted = [...all.values()].sort((a, b) => compareAssetKeys(a.key, b.key));
    return new AssetGraph(
      new Map(
        sorted.map((spec) => {
          const id = spec.key.toString();
          const node: AssetNode = {
            spec,
            isStub: !defined.has(id),
            upstream: spec.deps.map((dep) => dep.assetKey).sort(compareAssetKeys),
            downstream: (downstream.get(id) ?? []).sort(compareAssetKeys),
          };
          return [id, node] as const;
        }),
      ),
    );
  }

  get(key: AssetKey): AssetNode | undefined {
    return this.nodes.get(key.toString());
  }

  /** All upstream assets, nearest first; excludes the asset itself. */
  upstream(key: AssetKey, options: TraversalOptions = {}): readonly AssetKey[] {
    return this.#walk(key, (node) => node.upstream, options);
  }

  /** All downstream assets, nearest first; excludes the asset itself. */
  downstream(key: AssetKey, options: TraversalOptions = {}): readonly AssetKey[] {
    return this.#walk(key, (node) => node.downstream, options);
  }

  /** Nodes without upstream assets, including stubs. */
  roots(): readonly AssetNode[] {
    return [...this.nodes.values()].filter((node) => node.upstream.length === 0);
  }

  /** Nodes without downstream assets. */
  sinks(): readonly AssetNode[] {
    return [...this.nodes.values()].filter((node) => node.downstream.length === 0);
  }

  #walk(
    start: AssetKey,
    next: (node: AssetNode) => readonly AssetKey[],
    options: TraversalOptions,
  ): readonly AssetKey[] {
    const depth = options.depth ?? Number.POSITIVE_INFINITY;
    const seen = new Set([start.toString()]);
    const found: AssetKey[] = [];
    let frontier: readonly AssetKey[] = [start];
    for (let step = 0; step < depth && frontier.length > 0; step++) {
      const further: AssetKey[] = [];
      for (const key of frontier.flatMap((at) => next(this.#node(at)))) {
        const id = key.toString();
        if (seen.has(id)) continue;
        seen.add(id);
        further.push(key);
      }
      found.push(...further);
      frontier = further;
    }
    return found;
  }

  #node(key: AssetKey): AssetNode {
    const node = this.get(key);
    if (node === undefined) {
      throw new AssetGraphError("INVALID_DEFINITIONS", `The graph has no asset "${key.toUserString()}".`);
    }
    return node;
  }
}

function indexByKey(specs: Iterable<AssetSpec>): ReadonlyMap<string, AssetSpec> {
  const byKey = new Map<string, AssetSpec>();
  for (const spec of specs) {
    const id = spec.key.toString();
    const other = byKey.get(id);
    if (other !== undefined) {
      throw new AssetGraphError(
        "DUPLICATE_ASSET_KEY",
        `The asset key "${spec.key.toUserString()}" is defined twice: by ${origin(other)}, and by ${origin(spec)}.`,
        'Give one of them another key, for example with a prefix: spec.replaceAttributes({ key: spec.key.withPrefix("reporting") }).',
      );
    }
    byKey.set(id, spec);
  }
  return byKey;
}

function origin(spec: AssetSpec): string {
  return (
    spec.origin?.label ??
    `a hand-written asset spec${spec.description === null ? "" : ` ("${spec.description}")`}`
  );
}

function checkAcyclic(defined: ReadonlyMap<string, AssetSpec>): void {
  const cycle = findCycle(defined.keys(), (id) =>
    (defined.get(id)?.deps ?? [])
      .map((dep) => dep.assetKey.toString())
      .filter((upstream) => defined.has(upstream)),
  );
  if (cycle === null) return;
  const names = cycle.map((id) => defined.get(id)?.key.toUserString() ?? id);
  throw new AssetGraphError(
    "DEPENDENCY_CYCLE",
    `Asset dependencies form a cycle: ${[...names, names[0]].join(" → ")} (each depends on the next).`,
    "Remove one of these dependencies.",
  );
}
