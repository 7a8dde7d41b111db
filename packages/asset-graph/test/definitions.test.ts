import { inspect } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { AssetSpec, Definitions, EnvVar, type LoadReport, resolveEnvVar } from "../src/index.ts";

const a = new AssetSpec({ key: "a" });
const b = new AssetSpec({ key: "b", deps: ["a"] });
const report: LoadReport = {
  source: "https://x.io",
  snapshotFile: null,
  diagnostics: [{ code: "C", severity: "warning", object: null, message: "m" }],
  requests: 3,
  wallMs: 4,
  fetchedAt: "2026-01-02T00:00:00.000Z",
  scope: null,
  stateFile: null,
  matches: [],
  outcomes: [],
  notes: [],
};

describe("Definitions", () => {
  it("merges assets and resources", () => {
    const sigma = {};
    const merged = Definitions.merge(
      new Definitions({ assets: [a], resources: { sigma } }),
      new Definitions({ assets: [b], resources: { sigma, other: 1 } }),
    );
    expect(merged.assets).toEqual([a, b]);
    expect(merged.resources).toEqual({ sigma, other: 1 });
    expect(merged.assetGraph.get(a.key)?.isStub).toBe(false);
  });

  it("rejects two resources with one name, and an asset defined in two parts", () => {
    const parts = (): Definitions =>
      Definitions.merge(new Definitions({ resources: { x: {} } }), new Definitions({ resources: { x: {} } }));
    expect(parts).toThrow(/different resources under the name "x"/);
    const twice = (): Definitions =>
      Definitions.merge(new Definitions({ assets: [a] }), new Definitions({ assets: [a] }));
    expect(twice).toThrow(/defined twice/);
  });

  it.each([
    [Promise.resolve([a]), /a promise/],
    [[[a]], /item 0 is not an AssetSpec/],
    [["a"], /item 0 is not an AssetSpec/],
    [5, /not a list/],
  ])("explains what is wrong with values that are not assets", (assets, message) => {
    expect(() => new Definitions({ assets: assets as never })).toThrow(message);
  });

  it("collects load reports from assets and resources, each once", () => {
    const fromLoad = a.with({ origin: { label: "x", load: report, object: null } });
    const empty = { ...report, source: "https://empty.io" };
    const resources = { sigma: { loadReports: [report, empty] }, other: null };
    expect(new Definitions({ assets: [fromLoad], resources }).loadReports).toEqual([report, empty]);
  });
});

describe("EnvVar", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("is read when it is used, and never printed", () => {
    const variable = EnvVar("DAGSTER_SIGMA_TEST_SECRET");
    expect(() => variable.getValue()).toThrow(/DAGSTER_SIGMA_TEST_SECRET is not set/);
    vi.stubEnv("DAGSTER_SIGMA_TEST_SECRET", "hush");
    expect(resolveEnvVar(variable)).toBe("hush");
    expect(resolveEnvVar("plain")).toBe("plain");
    expect(`${inspect(variable)} ${variable} ${JSON.stringify(variable)}`).not.toContain("hush");
  });
});
