import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AssetSpec, Definitions, type SensorResult } from "@dagster-sigma/asset-graph";
import { silentLogger } from "@dagster-sigma/foundation";
import {
  buildSampleCompany,
  generateOrganization,
  type Sandbox,
  type Workbook,
} from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import {
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  SigmaOrganization,
  sigmaActivitySensor,
} from "../../src/index.ts";
import { startQuickSandbox } from "./quick-sandbox.ts";

type Changeable = { -readonly [Field in keyof Workbook]: Workbook[Field] };

interface Location {
  readonly sandbox: Sandbox;
  readonly workbooks: Changeable[];
  readonly named: (name: string) => Changeable;
  /** Loads the definitions from the stored state, as the host does after a refresh. */
  readonly reload: () => Promise<void>;
  readonly tick: (cursor?: string | null) => Promise<SensorResult>;
  /** Ticks, with a reload after each, until there is nothing to report; returns the keys of the events. */
  readonly settle: () => Promise<readonly string[]>;
  readonly cursor: () => string | null;
  readonly keys: () => readonly string[];
  readonly requests: (route: string) => number;
}

/** A code location with the sensor. */
async function start(
  load: LoadSigmaAssetSpecsOptions = {},
  change: (assets: readonly AssetSpec[]) => readonly AssetSpec[] = (assets) => assets,
): Promise<Location> {
  const sandbox = await startQuickSandbox(buildSampleCompany());
  const options = { stateDir: mkdtempSync(join(tmpdir(), "dagster-sigma-follow-")), ...load };
  const define = async (): Promise<Definitions> => {
    const organization = new SigmaOrganization(sandbox);
    const assets = change(await loadSigmaAssetSpecs(organization, options));
    const sensor = sigmaActivitySensor({ organization, load: options, maxDatasetsPerTick: 0 });
    return new Definitions({ assets, sensors: [sensor] });
  };
  let definitions = await define();
  let cursor: string | null = null;
  const { signal } = new AbortController();
  const tick: Location["tick"] = async (from = cursor) => {
    const [sensor] = definitions.sensors;
    if (sensor === undefined) throw new Error("no sensor");
    const result = await sensor.evaluate({
      cursor: from,
      lastTickAt: null,
      definitions,
      signal,
      log: silentLogger,
    });
    cursor = result.cursor ?? cursor;
    return result;
  };
  const reload = async (): Promise<void> => {
    definitions = await define();
  };
  const workbooks = sandbox.organization.workbooks as Changeable[];
  return {
    sandbox,
    workbooks,
    named: (name) => workbooks.find((workbook) => workbook.name === name) as Changeable,
    reload,
    tick,
    settle: async () => {
      const told: string[] = [];
      for (let quiet = 0; quiet < 2; await reload()) {
        const keys = keysOf(await tick());
        told.push(...keys);
        quiet = keys.length === 0 ? quiet + 1 : 0;
      }
      return told;
    },
    cursor: () => cursor,
    keys: () => definitions.assets.map(({ key }) => key.toUserString()),
    requests: (route) => sandbox.log.counts[`GET ${route}`] ?? 0,
  };
}

const keysOf = ({ assetEvents = [] }: SensorResult): readonly string[] =>
  assetEvents.map(({ assetKey }) => assetKey.toUserString());

const refreshes = ({ requests }: Location): number => requests("/v2/connections");

describe("sigmaActivitySensor with a stored state", () => {
  it("refreshes the state for documents that are new, gone, shared, renamed or moved, and reports each once", async () => {
    const location = await start();
    const { workbooks, named, sandbox } = location;
    await location.settle();
    const before = location.keys();
    const count = refreshes(location);
    const shared = {
      ...named("Headcount"),
      id: "5a5a5a5a-0000-4000-8000-000000000001",
      name: "Shared later",
    };
    workbooks.push(shared);
    workbooks.splice(workbooks.indexOf(named("Roast Log")), 1);
    named("Menu Mix").name = "Menu";
    named("Cash Position").path = "Elsewhere";
    sandbox.organizationChanged();
    const first = await location.tick();
    expect(first).toMatchObject({ skipMessage: expect.stringContaining("are being updated") });
    await location.reload();
    expect(keysOf(await location.tick()).toSorted()).toEqual(["Menu", "Shared_later"]);
    expect(
      location
        .keys()
        .filter((key) => !before.includes(key))
        .toSorted(),
    ).toEqual(["Menu", "Shared_later"]);
    expect(before.filter((key) => !location.keys().includes(key)).toSorted()).toEqual([
      "Menu_Mix",
      "Roast_Log",
    ]);
    expect(await location.settle()).toEqual([]);
    expect(refreshes(location) - count).toBe(1);
  }, 60_000);

  it("does not refresh again for documents and assets that the definitions leave out", async () => {
    const location = await start({ sigmaFilter: { deny: [{ path: "Finance/**" }] } }, (assets) =>
      assets.filter(({ key }) => key.toUserString() !== "Headcount"),
    );
    const { named, sandbox } = location;
    await location.settle();
    const count = refreshes(location);
    const hidden = named("Cash Position");
    [hidden.version, hidden.updatedAt] = [hidden.version + 1, new Date().toISOString()];
    sandbox.organizationChanged();
    await location.settle();
    expect(refreshes(location)).toBe(count);
    hidden.path = "Shown";
    sandbox.organizationChanged();
    expect(await location.settle()).toEqual(["Cash_Position"]);
    const after = refreshes(location);
    await location.settle();
    expect([after <= count + 2, refreshes(location)]).toEqual([true, after]);
  }, 60_000);

  it("reports the same content when Dagster repeats an evaluation after the definitions were loaded again", async () => {
    const location = await start();
    await location.settle();
    const cursor = location.cursor();
    location.sandbox.mutate("edit workbook", 9);
    const first = await location.tick(cursor);
    expect(JSON.stringify(first.assetEvents)).toContain("dagster_sigma/changes");
    await location.reload();
    expect((await location.tick(cursor)).assetEvents).toEqual(first.assetEvents);
    expect(await location.settle()).toEqual([]);
  }, 60_000);

  it("shows why changes could not be fetched, and fetches them in the next evaluation", async () => {
    const location = await start();
    await location.settle();
    location.sandbox.mutate("rename workbook", 4);
    const fault = { kind: "status", status: 403 } as const;
    location.sandbox.faults.add({ route: "/v2/workbooks", times: 2, fault });
    for (const _ of [1, 2])
      await expect(location.tick()).rejects.toMatchObject({
        code: "SIGMA_PERMISSION",
        message: expect.stringMatching(/^Changes in Sigma could not be fetched: /),
        hint: expect.stringContaining("no change is lost"),
      });
    expect(await location.settle()).toHaveLength(1);
  }, 60_000);

  it("ignores the assets of other organizations", async () => {
    const location = await start();
    const other = await startQuickSandbox(generateOrganization({ workbooks: 4, seed: 1 }));
    const others = await loadSigmaAssetSpecs(new SigmaOrganization(other), { keyStrategy: "id" });
    const organization = new SigmaOrganization(location.sandbox);
    const stateDir = mkdtempSync(join(tmpdir(), "dagster-sigma-follow-"));
    const own = await loadSigmaAssetSpecs(organization, { stateDir });
    const sensor = sigmaActivitySensor({ organization, load: { stateDir }, maxDatasetsPerTick: 0 });
    const definitions = new Definitions({ assets: [...own, ...others] });
    const count = refreshes(location);
    const { signal } = new AbortController();
    const { assetEvents = [] } = await sensor.evaluate({
      cursor: null,
      lastTickAt: null,
      definitions,
      signal,
      log: silentLogger,
    });
    const keys = own.map(({ key }) => key.toUserString());
    expect(
      assetEvents.map(({ assetKey }) => assetKey.toUserString()).filter((key) => !keys.includes(key)),
    ).toEqual([]);
    expect(refreshes(location)).toBe(count);
  }, 60_000);
});
