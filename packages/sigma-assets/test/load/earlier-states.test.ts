import { lstatSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AssetSpec } from "@dagster-sigma/asset-graph";
import { systemClock } from "@dagster-sigma/foundation";
import {
  generateOrganization,
  type Mutation,
  type Sandbox,
  startSandbox,
} from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  diffAssets,
  type LoadEnvironment,
  loadSigmaAssetSpecs,
  SigmaOrganization,
  saveSigmaSnapshot,
  withLoadEnvironment,
} from "../../src/index.ts";

interface Started {
  readonly sandbox: Sandbox;
  readonly stateDir: string;
  readonly change: (mutation: Mutation, index: number) => void;
  /** Refreshes with a state kept for each that was replaced; returns the notes. */
  readonly refresh: (keepStates?: number) => Promise<readonly string[]>;
  readonly load: (environment?: Partial<LoadEnvironment>) => Promise<readonly AssetSpec[]>;
  /** Names of the kept files. */
  readonly kept: () => readonly string[];
  readonly fetchedAt: () => Promise<string>;
}

async function start(seed = 7): Promise<Started> {
  const organization = { ...generateOrganization({ workbooks: 6, seed }), id: `organization-${seed}` };
  // The sandbox allows one sign-in per second, as Sigma does: each look at its clock is a second later.
  let nowMs = Date.now();
  const clock = { ...systemClock, now: () => (nowMs += 1_000) };
  const sandbox = await startSandbox({ organization, clock });
  const stateDir = mkdtempSync(join(tmpdir(), "dagster-sigma-earlier-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(stateDir, { recursive: true });
  });
  const sigma = new SigmaOrganization(sandbox);
  const load: Started["load"] = (environment = {}) =>
    withLoadEnvironment({ stateDir, refresh: "no", ...environment }, () => loadSigmaAssetSpecs(sigma));
  return {
    sandbox,
    stateDir,
    change: (mutation, index) => sandbox.mutate(mutation, index),
    refresh: async (keepStates = 7) => {
      await withLoadEnvironment({ stateDir, refresh: "changes", keepStates }, () =>
        loadSigmaAssetSpecs(sigma),
      );
      return sigma.loadReports.at(-1)?.notes ?? [];
    },
    load,
    kept: () => {
      const folder = readdirSync(stateDir).find((name) => name.endsWith(".earlier"));
      return folder === undefined ? [] : readdirSync(join(stateDir, folder)).sort();
    },
    fetchedAt: async () => {
      await load();
      return sigma.loadReports.at(-1)?.fetchedAt ?? "";
    },
  };
}

const keysOf = (specs: readonly AssetSpec[]): readonly string[] => specs.map(({ key }) => key.toString());

describe("earlier states", () => {
  it("are kept by a refresh that changes rows, readable only by their owner", async () => {
    const { change, refresh, kept, stateDir } = await start();
    await refresh();
    expect(kept()).toEqual([]);
    change("bump workbook", 0);
    expect(await refresh()).toEqual([]);
    const [file = "", ...others] = kept();
    expect(others).toEqual([]);
    expect(file).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.ndjson$/);
    const folder = join(stateDir, readdirSync(stateDir).find((name) => name.endsWith(".earlier")) ?? "");
    expect(lstatSync(folder).mode & 0o777).toBe(0o700);
    expect(lstatSync(join(folder, file)).mode & 0o777).toBe(0o600);
  });

  it("are not kept by refreshes that find nothing new, though these fetch documents again", async () => {
    const { refresh, kept } = await start();
    await refresh();
    await refresh();
    expect(kept()).toEqual([]);
  });

  it("are pruned to the newest ones; with 0, none is kept and the old ones go", async () => {
    const { change, refresh, kept } = await start();
    await refresh();
    const all: string[] = [];
    for (let round = 0; round < 4; round++) {
      change("bump workbook", round);
      await refresh(2);
      all.push(kept().at(-1) ?? "");
    }
    expect(kept()).toEqual(all.slice(2));
    change("bump workbook", 0);
    await refresh(0);
    expect(kept()).toEqual([]);
  });

  it("are loaded as of a time: the newest that is not younger, or the oldest", async () => {
    const { change, refresh, load, fetchedAt } = await start();
    await refresh();
    const loads: (readonly [at: string, keys: readonly string[]])[] = [];
    for (const mutation of ["rename workbook", "delete workbook", "create workbook"] as const) {
      loads.push([await fetchedAt(), keysOf(await load())]);
      change(mutation, 1);
      await refresh();
    }
    loads.push([await fetchedAt(), keysOf(await load())]);
    expect(new Set(loads.map(([, keys]) => keys.join())).size).toBe(4);
    for (const [asOf, keys] of loads) expect(keysOf(await load({ earlier: { asOf } }))).toEqual(keys);
    const [[first = "", oldest = []] = [], [second = "", after = []] = []] = loads;
    expect(keysOf(await load({ earlier: { asOf: new Date(Date.parse(second) + 1).toISOString() } }))).toEqual(
      after,
    );
    expect(keysOf(await load({ earlier: { asOf: new Date(Date.parse(first) - 1).toISOString() } }))).toEqual(
      oldest,
    );
  });

  it("are loaded from a file, with the translation and without a request", async () => {
    const { change, refresh, load, sandbox, stateDir } = await start();
    await refresh();
    const file = join(stateDir, "given.snapshot");
    await saveSigmaSnapshot(new SigmaOrganization(sandbox), file);
    const before = await load();
    change("rename workbook", 1);
    await refresh();
    const requests = sandbox.log.requests.length;
    const earlier = await load({ earlier: { file } });
    expect(keysOf(earlier)).toEqual(keysOf(before));
    expect(diffAssets(earlier, await load()).changed).toMatchObject([
      { before: { key: expect.any(String) } },
    ]);
    expect(sandbox.log.requests.length).toBe(requests);
  });

  it("of another organization are not loaded from a file", async () => {
    const other = await start(8);
    const file = join(other.stateDir, "other.snapshot");
    await saveSigmaSnapshot(new SigmaOrganization(other.sandbox), file);
    const { refresh, load } = await start();
    await refresh();
    expect(keysOf(await load({ earlier: { file } }))).toEqual(keysOf(await load()));
  });

  it("fail the load if there is no state, and never fetch", async () => {
    const { load, sandbox } = await start();
    const asOf = new Date().toISOString();
    await expect(load({ earlier: { asOf } })).rejects.toMatchObject({ code: "NO_EARLIER_STATE" });
    await expect(load({ earlier: { asOf }, stateDir: null })).rejects.toMatchObject({
      code: "NO_EARLIER_STATE",
    });
    expect(sandbox.log.requests).toEqual([]);
  });

  it("do not fail a refresh that cannot keep one: a note says so", async () => {
    const { change, refresh, stateDir, load } = await start();
    await refresh();
    const state = readdirSync(stateDir).find((name) => name.endsWith(".ndjson")) ?? "";
    writeFileSync(join(stateDir, `${state.replace(".ndjson", "")}.earlier`), "");
    const before = keysOf(await load());
    change("rename workbook", 1);
    expect(await refresh()).toEqual([expect.stringContaining("could not be kept for comparison")]);
    expect(keysOf(await load())).not.toEqual(before);
  });

  it("do not follow symbolic links, and ignore what was left by a killed refresh", async () => {
    const { change, refresh, stateDir, kept, load, fetchedAt } = await start();
    await refresh();
    const asOf = await fetchedAt();
    const keys = keysOf(await load());
    change("rename workbook", 0);
    await refresh();
    const folder = join(stateDir, readdirSync(stateDir).find((name) => name.endsWith(".earlier")) ?? "");
    const [_file = ""] = kept();
    writeFileSync(join(folder, "pending"), "{");
    symlinkSync("/etc/hostname", join(folder, "2020-01-01T00-00-00.000Z.ndjson"));
    change("rename workbook", 1);
    await refresh();
    expect(kept()).not.toContain("pending");
    expect(keysOf(await load({ earlier: { asOf } }))).toEqual(keys);
  });
});
