import { AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import { buildPageGraph } from "../src/model/build-page-graph.ts";
import { buildFreshness, type Freshness, stalePath } from "../src/model/freshness.ts";
import { GraphModel } from "../src/model/graph-model.ts";
import type { PageDagsterState } from "../src/model/page-dagster.ts";

const fine: Omit<PageDagsterState, "key" | "path"> = {
  materializedAtMs: 1,
  observedAtMs: null,
  run: null,
  isFailed: false,
  isInProgress: false,
  isLate: null,
  failedChecks: [],
};

/** @param deps dependencies by key; `known`: what Dagster knows, by key */
function freshnessOf(
  deps: Readonly<Record<string, readonly string[]>>,
  known: Readonly<Record<string, Partial<PageDagsterState>>>,
): { readonly model: GraphModel; readonly freshness: Freshness } {
  const assets = Object.entries(deps).map(([key, upstream]) => new AssetSpec({ key, deps: upstream }));
  const { graph } = buildPageGraph(new Definitions({ assets }));
  const model = new GraphModel({ ...graph, version: "1" });
  const states = Object.entries(known).map(([key, state]) => ({ ...fine, key, path: [key], ...state }));
  return {
    model,
    freshness: buildFreshness(model, { url: "http://dagster", askedAtMs: 1, error: null, states }),
  };
}

/** For each stale asset its reason and its path, by key. */
function stale(...args: Parameters<typeof freshnessOf>): Readonly<Record<string, readonly string[]>> {
  const { model, freshness } = freshnessOf(...args);
  return Object.fromEntries(
    [...freshness.stale].map(([asset, { reason }]) => [
      model.asset(asset).key,
      [reason, ...stalePath(freshness, asset).map((step) => model.asset(step).key)],
    ]),
  );
}

describe("buildFreshness", () => {
  it("names the nearest cause upstream, with the path to the asset", () => {
    const deps = { b: ["a"], c: ["b", "x"], d: ["c"], y: [] };
    expect(stale(deps, { a: { isFailed: true }, x: { isFailed: true }, y: {} })).toEqual({
      a: ["failed", "a"],
      x: ["failed", "x"],
      b: ["failed", "a", "b"],
      c: ["failed", "x", "c"],
      d: ["failed", "x", "c", "d"],
    });
  });

  it("names a failure before a late asset, and that before a failed check, even if these are nearer", () => {
    const deps = { b: ["a"], c: ["b"], d: ["e"] };
    const known = {
      a: { isFailed: true },
      b: { isLate: true },
      e: { failedChecks: ["x"] },
      d: { isLate: true },
    };
    expect(stale(deps, known)).toEqual({
      a: ["failed", "a"],
      b: ["failed", "a", "b"],
      c: ["failed", "a", "b", "c"],
      d: ["late", "d"],
      e: ["check", "e"],
    });
  });

  it("finds nothing for assets that are on time or unknown", () => {
    expect(stale({ b: ["a"] }, { a: { isLate: false }, nowhere: { isFailed: true } })).toEqual({});
  });

  it("walks a chain of 20,000 assets", () => {
    const deps = Object.fromEntries(Array.from({ length: 20_000 }, (_one, at) => [`n${at + 1}`, [`n${at}`]]));
    const { model, freshness } = freshnessOf(deps, { n0: { isFailed: true } });
    expect(freshness.stale.size).toBe(20_001);
    expect(stalePath(freshness, model.indexOf("n20000") ?? -1)).toHaveLength(20_001);
  });
});
