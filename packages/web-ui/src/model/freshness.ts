import type { GraphModel } from "./graph-model.ts";
import type { PageDagster, PageDagsterState } from "./page-dagster.ts";

/** Why an asset is not fresh: its own state in Dagster, or that of an asset upstream. */
export interface Staleness {
  /** The asset that failed, is late, or has a failed check. */
  readonly cause: number;
  /** What is wrong with the cause. */
  readonly reason: "failed" | "late" | "check";
  /** The asset through which it reaches this one; null if the asset itself is the cause. */
  readonly through: number | null;
}

/** The freshness of the assets of a graph, as a running Dagster knows it. */
export interface Freshness {
  readonly dagster: PageDagster;
  /** By asset; without one that Dagster does not know. */
  readonly states: ReadonlyMap<number, PageDagsterState>;
  /** By asset; without those that are fresh, or of which nothing is known. */
  readonly stale: ReadonlyMap<number, Staleness>;
}

/** What each reason means, as a predicate. */
export const staleWords: Readonly<Record<Staleness["reason"], string>> = {
  failed: "failed",
  late: "is late",
  check: "has a failed check",
};

const reasons: readonly Staleness["reason"][] = ["failed", "late", "check"];

/** An asset is stale if it, or an asset upstream, failed, is late or has a failed check; the nearest cause is named, a failure first. */
export function buildFreshness(model: GraphModel, dagster: PageDagster): Freshness {
  const states = new Map<number, PageDagsterState>();
  for (const state of dagster.states) {
    const asset = model.indexOf(state.key);
    if (asset !== null) states.set(asset, state);
  }
  const stale = new Map<number, Staleness>();
  for (const reason of reasons) {
    const found = new Map<number, Staleness>();
    let frontier = [...states].filter(([, state]) => reasonOf(state) === reason).map(([asset]) => asset);
    for (const asset of frontier) found.set(asset, { cause: asset, reason, through: null });
    while (frontier.length > 0) {
      const next: number[] = [];
      for (const asset of frontier) {
        const { cause } = found.get(asset) as Staleness;
        for (const reader of model.index.downstream(asset)) {
          if (found.has(reader)) continue;
          found.set(reader, { cause, reason, through: asset });
          next.push(reader);
        }
      }
      frontier = next;
    }
    for (const [asset, staleness] of found) if (!stale.has(asset)) stale.set(asset, staleness);
  }
  return { dagster, states, stale };
}

/** The assets from the cause of a staleness to the asset, both included. */
export function stalePath({ stale }: Freshness, asset: number): readonly number[] {
  const path = [asset];
  for (let at = stale.get(asset)?.through ?? null; at !== null; at = stale.get(at)?.through ?? null)
    path.push(at);
  return path.reverse();
}

/** What is wrong with an asset itself; null if nothing is. */
function reasonOf(state: PageDagsterState): Staleness["reason"] | null {
  if (state.isFailed) return "failed";
  if (state.isLate === true) return "late";
  return state.failedChecks.length > 0 ? "check" : null;
}

/** Page of an asset in Dagster. */
export function assetUrl({ url }: PageDagster, path: readonly string[]): string {
  return `${url}/assets/${path.map(encodeURIComponent).join("/")}`;
}

/** Page of a run in Dagster. */
export function runUrl({ url }: PageDagster, run: string): string {
  return `${url}/runs/${encodeURIComponent(run)}`;
}
