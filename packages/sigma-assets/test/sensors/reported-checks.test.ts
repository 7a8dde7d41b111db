import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AssetCheckEvaluation,
  AssetSpec,
  Definitions,
  type SensorResult,
} from "@dagster-sigma/asset-graph";
import { silentLogger } from "@dagster-sigma/foundation";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type SigmaCheck, sigmaAssetChecks, withLoadEnvironment } from "../../src/index.ts";

/** What the checks find, by asset; the others pass. */
type Findings = Readonly<Record<string, string>>;

function checkOf(name: string, findings: Findings): SigmaCheck {
  return {
    name,
    description: name,
    isAbout: () => true,
    answer: ({ key }) => {
      const description = findings[key.toUserString()];
      return description === undefined ? { passed: true } : { passed: false, description };
    },
  };
}

/** A load of the definitions: each has its own sensor, as in a new thread. */
function load(options: {
  readonly assets: number;
  readonly checks?: number;
  readonly findings?: Findings;
  readonly stateDir: string | null;
  readonly most?: number;
}): (cursor: string | null) => Promise<SensorResult> {
  const { assets: count, checks: names = 1, findings = {}, stateDir, most } = options;
  const assets = Array.from({ length: count }, (_, index) => new AssetSpec({ key: `asset_${index}` }));
  const { assetChecks, sensor } = sigmaAssetChecks({
    assets,
    checks: Array.from({ length: names }, (_, index) => checkOf(`check_${index}`, findings)),
    ...(most === undefined ? {} : { maxEvaluationsPerTick: most }),
  });
  const definitions = new Definitions({ assets, assetChecks, sensors: [sensor] });
  const { signal } = new AbortController();
  return async (cursor) =>
    await withLoadEnvironment({ stateDir }, () =>
      sensor.evaluate({ cursor, lastTickAt: null, definitions, signal, log: silentLogger }),
    );
}

/** Ticks until there is nothing to report. */
async function run(
  tick: (cursor: string | null) => Promise<SensorResult>,
  from: string | null = null,
): Promise<{ readonly told: readonly string[]; readonly cursor: string | null; readonly ticks: number }> {
  const told: string[] = [];
  for (let [cursor, ticks] = [from, 0]; ; ticks++) {
    const { assetEvents = [], cursor: next = cursor, skipMessage } = await tick(cursor);
    cursor = next;
    if (skipMessage !== undefined) return { told, cursor, ticks };
    for (const { assetKey, checkName } of assetEvents as readonly AssetCheckEvaluation[])
      told.push(`${assetKey.toUserString()} ${checkName}`);
  }
}

const folder = (): string => mkdtempSync(join(tmpdir(), "dagster-sigma-checks-"));

afterEach(() => {
  vi.useRealTimers();
});

describe("the results of Sigma asset checks", () => {
  it("are all reported at first, and after a reload only those that changed", async () => {
    const stateDir = folder();
    const first = await run(load({ assets: 300, findings: { asset_7: "broken" }, stateDir, most: 100 }));
    expect([new Set(first.told).size, first.told.length, first.ticks]).toEqual([300, 300, 3]);
    const unchanged = await run(
      load({ assets: 300, findings: { asset_7: "broken" }, stateDir }),
      first.cursor,
    );
    expect(unchanged).toEqual({ told: [], cursor: first.cursor, ticks: 0 });
    const findings = { asset_7: "broken otherwise", asset_9: "broken" };
    const changed = await run(load({ assets: 301, findings, stateDir }), first.cursor);
    expect(changed.told).toEqual(["asset_7 check_0", "asset_9 check_0", "asset_300 check_0"]);
    const mended = await run(load({ assets: 301, stateDir }), changed.cursor);
    expect(mended.told).toEqual(["asset_7 check_0", "asset_9 check_0"]);
    expect(readdirSync(join(stateDir, "reported")).length).toBeLessThanOrEqual(6);
  });

  it("are the same for another request id of Sigma", async () => {
    const stateDir = folder();
    const with1 = { asset_1: "Ledger answered 403 [request a1]" };
    const { cursor } = await run(load({ assets: 3, findings: with1, stateDir }));
    const with2 = { asset_1: "Ledger answered 403 [request b2]" };
    expect((await run(load({ assets: 3, findings: with2, stateDir }), cursor)).told).toEqual([]);
  });

  it("are reported again by an evaluation that Dagster repeats", async () => {
    const stateDir = folder();
    const tick = load({ assets: 30, stateDir, most: 10 });
    const first = await tick(null);
    const second = await tick(first.cursor ?? null);
    expect((await tick(first.cursor ?? null)).assetEvents).toEqual(second.assetEvents);
    const other = load({ assets: 30, stateDir, most: 10 });
    expect((await other(first.cursor ?? null)).assetEvents).toEqual(second.assetEvents);
    expect((await run(other, second.cursor ?? null)).told).toHaveLength(10);
  });

  it("are reported once a day even if nothing changes", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-03-01T10:00:00Z") });
    const stateDir = folder();
    const tick = load({ assets: 20, stateDir, most: 8 });
    const { cursor } = await run(tick);
    vi.setSystemTime(Date.parse("2026-03-02T09:59:00Z"));
    expect(await run(tick, cursor)).toMatchObject({ told: [], cursor });
    vi.setSystemTime(Date.parse("2026-03-02T10:00:00Z"));
    const daily = await run(tick, cursor);
    expect([daily.told.length, daily.ticks]).toEqual([20, 3]);
    expect((await run(tick, daily.cursor)).told).toEqual([]);
  });

  it("are mostly not repeated if the file with the reported ones is lost", async () => {
    const stateDir = folder();
    const { cursor } = await run(load({ assets: 2_000, stateDir }));
    for (const lost of ["disk", "replica"] as const) {
      if (lost === "disk") rmSync(join(stateDir, "reported"), { recursive: true });
      const findings = { asset_5: "broken" };
      const other = load({ assets: 2_000, findings, stateDir: lost === "disk" ? stateDir : folder() });
      const { told } = await run(other, cursor);
      expect(told).toContain("asset_5 check_0");
      expect(told.length).toBeLessThan(40);
    }
  });

  it("of 40,000 checks take few evaluations and a small cursor", async () => {
    const stateDir = folder();
    const tick = load({ assets: 10_000, checks: 4, stateDir });
    const { told, ticks, cursor } = await run(tick);
    expect([new Set(told).size, told.length]).toEqual([40_000, 40_000]);
    // One evaluation a minute.
    expect(ticks).toBeLessThanOrEqual(9);
    expect(cursor?.length).toBeLessThan(2_000);
    const findings = { asset_77: "broken" };
    const { told: changed } = await run(load({ assets: 10_000, checks: 4, findings, stateDir }), cursor);
    expect(changed).toEqual([0, 1, 2, 3].map((index) => `asset_77 check_${index}`));
  }, 60_000);
});
