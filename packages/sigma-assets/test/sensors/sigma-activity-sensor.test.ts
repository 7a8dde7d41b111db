import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Definitions, type SensorResult } from "@dagster-sigma/asset-graph";
import { silentLogger } from "@dagster-sigma/foundation";
import { buildSampleCompany, type Sandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import { loadSigmaAssetSpecs, SigmaOrganization, sigmaActivitySensor } from "../../src/index.ts";
import { startQuickSandbox } from "./quick-sandbox.ts";

async function start(maxEventsPerTick = 100): Promise<{
  readonly sandbox: Sandbox;
  readonly tick: (cursor: string | null) => Promise<SensorResult>;
}> {
  const sandbox = await startQuickSandbox(buildSampleCompany());
  const organization = new SigmaOrganization(sandbox);
  const definitions = new Definitions({ assets: await loadSigmaAssetSpecs(organization) });
  const sensor = sigmaActivitySensor({ organization, maxEventsPerTick, maxDatasetsPerTick: 0 });
  const { signal } = new AbortController();
  const tick = async (cursor: string | null): Promise<SensorResult> =>
    await sensor.evaluate({ cursor, lastTickAt: null, definitions, signal, log: silentLogger });
  return { sandbox, tick };
}

const keysOf = ({ assetEvents = [] }: SensorResult): readonly string[] =>
  assetEvents.map(({ assetKey }) => assetKey.toUserString());

describe("sigmaActivitySensor", () => {
  it("repeats a report that Dagster did not accept", async () => {
    const { tick } = await start(10);
    const first = await tick(null);
    expect(keysOf(first)).toHaveLength(10);
    expect(keysOf(await tick(null))).toEqual(keysOf(first));
    const second = await tick(first.cursor ?? null);
    expect(keysOf(second)).toHaveLength(10);
    expect(keysOf(await tick(first.cursor ?? null))).toEqual(keysOf(second));
  }, 60_000);

  it("reports every document once, in parts, and then only new versions", async () => {
    const { sandbox, tick } = await start(10);
    const told: string[] = [];
    let cursor: string | null = null;
    for (let result = await tick(null); result.skipMessage === undefined; result = await tick(cursor)) {
      expect(keysOf(result).length).toBeLessThanOrEqual(10);
      told.push(...keysOf(result));
      cursor = result.cursor ?? null;
    }
    expect(new Set(told).size).toBe(told.length);
    expect(told.length).toBeGreaterThan(30);
    sandbox.mutate("bump workbook", 2);
    const news = await tick(cursor);
    expect(keysOf(news)).toHaveLength(1);
    expect(keysOf(await tick(news.cursor ?? null))).toEqual([]);
  }, 60_000);

  it("names the changes of a document since the last load", async () => {
    const sandbox = await startQuickSandbox(buildSampleCompany());
    const organization = new SigmaOrganization(sandbox);
    const load = { stateDir: mkdtempSync(join(tmpdir(), "dagster-sigma-sensor-")), workbookColumns: true };
    const sensor = sigmaActivitySensor({ organization, load, maxDatasetsPerTick: 0 });
    let definitions = new Definitions({ assets: await loadSigmaAssetSpecs(organization, load) });
    const { signal } = new AbortController();
    let cursor: string | null = null;
    const tick = async (): Promise<readonly string[]> => {
      const result = await sensor.evaluate({
        cursor,
        lastTickAt: null,
        definitions,
        signal,
        log: silentLogger,
      });
      cursor = result.cursor ?? null;
      const [event] = result.assetEvents ?? [];
      return String(event?.metadata["dagster_sigma/changes"]?.value).split("\n");
    };
    expect(await tick()).toEqual(["undefined"]);
    sandbox.mutate("add column", 0);
    expect(await tick()).toEqual(["new column Net Sales/Added 0"]);
    definitions = new Definitions({ assets: await loadSigmaAssetSpecs(organization, load) });
    sandbox.mutate("edit workbook", 0);
    expect(await tick()).toEqual(
      expect.arrayContaining([
        "no longer reads Ledger",
        "new column All Orders/Country",
        "column Net Sales/Added 0 was removed",
      ]),
    );
  }, 60_000);

  it("starts over with a cursor of another version", async () => {
    const { tick } = await start();
    for (const cursor of ["", "{}", '{"format":9,"at":"x"}', "not JSON"])
      expect(keysOf(await tick(cursor)).length).toBeGreaterThan(30);
  });
});
