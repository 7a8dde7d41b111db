import { type AssetCheckEvaluation, Definitions } from "@dagster-sigma/asset-graph";
import { silentLogger } from "@dagster-sigma/foundation";
import { buildSampleCompany, type Sandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import {
  loadSigmaAssetSpecs,
  noArchivedUpstream,
  noBrokenColumns,
  notStaleFor,
  noUnresolvedSources,
  type SigmaCheck,
  SigmaOrganization,
  sigmaAssetChecks,
} from "../../src/index.ts";
import { startQuickSandbox } from "./quick-sandbox.ts";

async function start(): Promise<Sandbox> {
  const sandbox = await startQuickSandbox(buildSampleCompany());
  return sandbox;
}

/** All results, fetched tick by tick like Dagster's daemon. */
async function answers(
  sandbox: Sandbox,
  checks: readonly SigmaCheck[],
  maxEvaluationsPerTick = 200,
): Promise<{ readonly all: readonly AssetCheckEvaluation[]; readonly ticks: readonly number[] }> {
  const assets = await loadSigmaAssetSpecs(new SigmaOrganization(sandbox));
  const { assetChecks, sensor } = sigmaAssetChecks({ assets, checks, maxEvaluationsPerTick });
  const definitions = new Definitions({ assets, assetChecks, sensors: [sensor] });
  const all: AssetCheckEvaluation[] = [];
  const ticks: number[] = [];
  const { signal } = new AbortController();
  for (let cursor: string | null = null; ; ) {
    const result = await sensor.evaluate({
      cursor,
      lastTickAt: null,
      definitions,
      signal,
      log: silentLogger,
    });
    if (result.skipMessage !== undefined) break;
    const events = (result.assetEvents ?? []) as readonly AssetCheckEvaluation[];
    all.push(...events);
    ticks.push(events.length);
    cursor = result.cursor ?? null;
  }
  expect(all.map(({ assetKey, checkName }) => `${assetKey} ${checkName}`).sort()).toEqual(
    assetChecks.map(({ assetKey, name }) => `${assetKey} ${name}`).sort(),
  );
  return { all, ticks };
}

function failed(all: readonly AssetCheckEvaluation[]): readonly string[] {
  return all.filter(({ passed }) => !passed).map(({ assetKey }) => assetKey.toUserString());
}

describe("a Sigma asset check", () => {
  it("fails only for documents whose sources or columns Sigma does not return", async () => {
    const whole = await start();
    const before = (await answers(whole, [noUnresolvedSources, noBrokenColumns])).all;
    const sandbox = await start();
    const [workbook] = sandbox.organization.workbooks.filter(({ name }) => name === "Revenue Overview");
    const [model] = sandbox.organization.dataModels.filter(({ name }) => name === "Ledger");
    const fault = { kind: "status", status: 403 } as const;
    const routes = [
      "lineage",
      "sources",
      "lineage/elements/{elementId}",
      "queries",
      "elements/{elementId}/query",
    ];
    for (const part of routes)
      sandbox.faults.add({ route: `/v2/workbooks/{workbookId}/${part}`, path: workbook?.id ?? "", fault });
    sandbox.faults.add({ route: "/v2/dataModels/{dataModelId}/columns", path: model?.id ?? "", fault });
    const after = (await answers(sandbox, [noUnresolvedSources, noBrokenColumns])).all;
    const news = (name: string): readonly string[] => {
      const of = (all: typeof after): readonly string[] =>
        failed(all.filter(({ checkName }) => checkName === name));
      return of(after).filter((key) => !of(before).includes(key));
    };
    expect(news("no_unresolved_sources")).toEqual(["Revenue_Overview"]);
    expect(news("no_broken_columns")).toContain("Ledger");
    const [told] = after.filter(({ passed, assetKey }) => !passed && assetKey.toUserString() === "Ledger");
    expect(told).toMatchObject({ severity: "warn", description: expect.stringContaining("answered 403") });
  });

  it("fails for readers of archived documents, and for stale documents", async () => {
    const sandbox = await start();
    const { all } = await answers(sandbox, [noArchivedUpstream]);
    const archived = all.filter(({ passed }) => !passed);
    expect(archived.length).toBeGreaterThan(0);
    for (const { description, severity } of archived) {
      expect(description).toMatch(/^It reads archived assets: /);
      expect(severity).toBe("error");
    }
    expect(failed((await answers(sandbox, [notStaleFor(36_500)])).all)).toEqual([]);
    const { all: stale } = await answers(sandbox, [notStaleFor(-1)]);
    expect(failed(stale)).toHaveLength(stale.length);
  });

  it("is evaluated once per load, in parts", async () => {
    const { all, ticks } = await answers(await start(), [noUnresolvedSources, noArchivedUpstream], 30);
    expect(ticks.slice(0, -1).every((count) => count === 30)).toBe(true);
    expect(ticks.length).toBe(Math.ceil(all.length / 30));
  });

  it("may be custom", async () => {
    const named: SigmaCheck = {
      name: "has_owner",
      description: "The asset has an owner.",
      isAbout: ({ kinds }) => kinds.includes("workbook"),
      answer: ({ owners }) => ({ passed: owners.length > 0, severity: "warn" }),
    };
    const { all } = await answers(await start(), [named]);
    expect(all.length).toBeGreaterThan(20);
    expect(new Set(all.map(({ severity }) => severity))).toEqual(new Set(["warn"]));
  });
});
