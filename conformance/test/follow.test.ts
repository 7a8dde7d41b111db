import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSampleCompany, startSandbox, type Workbook } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { observedAssets, sensorTicks } from "../src/dagster/asset-events.ts";
import { startDagster } from "../src/dagster/start-dagster.ts";
import { storedReports } from "../src/reliability/judge-reports.ts";
import { until } from "../src/serving/until.ts";
import { dagsterPython, needsPython } from "./reference.ts";
import { serve } from "./serve-process.ts";

/** Most users have folders that the location does not load. */
const definitions = `
import {
  Definitions, EnvVar, SigmaOrganization, loadSigmaAssetSpecs, sigmaActivitySensor, sigmaAssetChecks,
} from "dagster-sigma";
const organization = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"), clientId: EnvVar("SIGMA_CLIENT_ID"), clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});
const load = { sigmaFilter: { deny: [{ path: "**/Left out/**" }] } };
const assets = await loadSigmaAssetSpecs(organization, load);
const checks = sigmaAssetChecks({ assets, minimumIntervalSeconds: 1 });
export default new Definitions({
  assets,
  assetChecks: checks.assetChecks,
  sensors: [
    sigmaActivitySensor({ organization, load, minimumIntervalSeconds: 1, maxDatasetsPerTick: 0 }),
    checks.sensor,
  ],
});
`;

type Changeable = { -readonly [Field in keyof Workbook]: Workbook[Field] };

/** The state was refreshed, and the definitions are being loaded from it. */
const updating = "Changes in Sigma were fetched; the assets are being updated.";

/** Dagster is slow on a busy machine. */
const eventually = (isReached: () => Promise<boolean>): Promise<void> => until(isReached, 90_000, 200);

const python = (await dagsterPython()) ?? "";

describe.skipIf(python === "")(`${needsPython} sigmaActivitySensor in the real Dagster`, () => {
  it("follows new, shared, renamed, moved and deleted documents within two evaluations, and reports each once", async () => {
    const sandbox = await startSandbox({ organization: buildSampleCompany() });
    onTestFinished(() => sandbox.close());
    const workbooks = sandbox.organization.workbooks as Changeable[];
    const named = (name: string): Changeable => {
      const found = workbooks.find((workbook) => workbook.name === name);
      if (found === undefined) throw new Error(`No workbook ${name}`);
      return found;
    };
    const [oldest] = [...workbooks].sort((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1));
    const shared = { ...oldest, id: "5a5a5a5a-0000-4000-8000-000000000001", name: "Shared later" };
    const leftOut = {
      ...shared,
      id: "5a5a5a5a-0000-4000-8000-000000000002",
      name: "Never",
      path: "A/Left out/B",
    };
    workbooks.push(leftOut as Changeable);
    sandbox.organizationChanged();

    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-follow-"));
    writeFileSync(join(folder, "definitions.ts"), definitions);
    const served = await serve(["-f", join(folder, "definitions.ts")], {
      SIGMA_BASE_URL: sandbox.baseUrl,
      SIGMA_CLIENT_ID: sandbox.clientId,
      SIGMA_CLIENT_SECRET: sandbox.clientSecret,
      DAGSTER_SIGMA_STATE_DIR: join(folder, "state"),
    });
    await served.errWith("assets loaded");
    const dagster = await startDagster({
      python,
      locations: [{ name: "sigma", port: served.port }],
      daemon: true,
      sensorPauseS: 1,
    });
    onTestFinished(() => dagster.close());
    const shown = (): ReturnType<typeof observedAssets> =>
      observedAssets(dagster, { kinds: ["workbook", "data_model"] });
    const isAllObserved = async (): Promise<boolean> => {
      const all = [...(await shown()).values()];
      return all.length > 30 && all.every((events) => events.length > 0);
    };
    await eventually(isAllObserved);
    const before = await shown();

    const moved = named("Revenue Overview");
    const renamed = named("Headcount");
    const deleted = "Roast Log";
    const keyOf = (name: string): string => name.replaceAll(/\W/g, "_");
    moved.path = "Elsewhere/Archive 2025";
    renamed.name = "Another name";
    workbooks.splice(workbooks.indexOf(named(deleted)), 1);
    workbooks.push(shared as Changeable);
    sandbox.mutate("create workbook", 2);
    const edited = workbooks.findIndex(({ name }) => name === "Revenue Overview");
    sandbox.mutate("bump workbook", edited);
    const ticksAtChange = (await sensorTicks(dagster, "sigma_activity")).length;
    const created = workbooks.at(-1)?.name ?? "";
    const news = [keyOf(created), "Shared_later", "Another_name"];
    await eventually(async () => {
      const now = await shown();
      return news.every((key) => (now.get(key)?.length ?? 0) > 0) && !now.has(keyOf(deleted));
    });
    // The evaluation that was running during the changes, and two more; on a slow machine the load takes longer than one.
    const all = await sensorTicks(dagster, "sigma_activity");
    const { length: ticks } = all;
    const sinceChange = all.slice(0, ticks - ticksAtChange);
    expect(sinceChange.filter(({ skipReason }) => skipReason !== updating).length).toBeLessThanOrEqual(3);
    // From the next evaluation on nothing changes, so nothing is fetched or loaded.
    await eventually(async () => (await sensorTicks(dagster, "sigma_activity")).length > ticks);
    const { length: requests } = sandbox.log.requests;
    const loads = served.err().split("assets loaded").length;
    await eventually(async () => (await sensorTicks(dagster, "sigma_activity")).length > ticks + 1);
    expect(served.err().split("assets loaded").length).toBe(loads);
    expect(sandbox.log.requests.slice(requests).map(({ path }) => path)).not.toContainEqual(
      expect.stringMatching(/lineage|columns|elements/),
    );

    // The definitions were loaded several times; no result of a check was reported again.
    const stored = storedReports(dagster, python);
    expect(stored.checkResults).toBeGreaterThan(100);
    expect([stored.repeatedResults, stored.repeatedObservations, stored.problems]).toEqual([0, 0, []]);
    const now = await shown();
    expect([...now.keys()].filter((key) => !before.has(key)).sort()).toEqual([...news].sort());
    expect([...before.keys()].filter((key) => !now.has(key)).sort()).toEqual(["Headcount", "Roast_Log"]);
    expect([...now].filter(([, events]) => events.length !== 1).map(([key]) => key)).toEqual([
      keyOf(moved.name),
    ]);
  }, 300_000);
});
