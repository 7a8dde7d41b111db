import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  endOfRun,
  launchAssets,
  type RunEvent,
  runEvents,
  runIds,
  terminateRun,
} from "../src/dagster/dagster-runs.ts";
import {
  postgresYaml,
  type RunningDagster,
  startDagster,
  withoutQueue,
} from "../src/dagster/start-dagster.ts";
import { runProcess } from "../src/python/run-process.ts";
import { locationVariables } from "../src/python-location/location-variables.ts";
import { locationEnvironment, locationVersions } from "../src/python-location/location-versions.ts";
import { bin } from "../src/serving/start-serving.ts";
import { until } from "../src/serving/until.ts";
import { needsPython, pythonOf } from "./reference.ts";
import { buildRunCompany, nodeProcesses, runDefinitions } from "./run-definitions.ts";

/**
 * The Python asset has the key of the table that Sigma reads. The sensor is that of Dagster, which would evaluate conditions
 * every 30 s.
 */
const location = `
import dagster as dg
from dagster_typescript import load_definitions

@dg.asset(key=["db", "public", "orders"])
def orders():
    return None

conditions = dg.AutomationConditionSensorDefinition(
    "default_automation_condition_sensor",
    target=dg.AssetSelection.all(),
    minimum_interval_seconds=1,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
defs = dg.Definitions.merge(
    load_definitions("definitions.json", executor=dg.in_process_executor),
    dg.Definitions(assets=[orders], sensors=[conditions]),
)
`;

/** Set by `npm run test:long python-location`. By default, the newest Dagster stores runs and events in SQLite. */
const { DAGSTER_POSTGRES_URL: postgresUrl, DAGSTER_TEST_VERSION: testVersion } = process.env;
const [newest] = locationVersions;
const version = locationVersions.find((each) => each === testVersion) ?? newest;
const storage = postgresUrl ? postgresYaml(postgresUrl) : "";

const python = (await pythonOf(locationEnvironment(version, { hasPostgres: Boolean(postgresUrl) }))) ?? "";

/** Older versions refuse the condition, because they have no virtual assets. */
const definitions =
  version === newest ? runDefinitions : runDefinitions.replace("whenUpstreamRefreshed()", "null");

/** A run that has ended. */
interface Ended {
  readonly status: string;
  readonly events: readonly RunEvent[];
}

// Most of the time is that of processes: the tests share three runs, which succeed, fail and never end, and each process loads exported
// definitions. dg-project.test.ts loads the TypeScript file.
describe.skipIf(python === "")(`${needsPython} a Python location with TypeScript definitions`, () => {
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-python-"));
  const orders = ["db", "public", "orders"];
  let sandbox: Sandbox;
  let dagster: RunningDagster;
  let successful: Ended;
  let failing: Ended;
  let started: number;
  /** A run that never ends, and the number of sheets that were started before it. */
  let endless: string;
  let sheetsBefore: number;

  const launched = new Set<string>();
  const launch = async (...assets: readonly (readonly string[])[]): Promise<string> => {
    const runId = await launchAssets(dagster, { location: "typescript", assets });
    launched.add(runId);
    return runId;
  };

  const end = async (runId: string): Promise<Ended> => {
    const status = await endOfRun(dagster, runId);
    return { status, events: await runEvents(dagster, runId) };
  };

  const startedSheets = (): number => {
    const twoSheets = documentNamed(sandbox, "Two Sheets");
    return sandbox.materializations.started.filter(({ documentId }) => documentId === twoSheets).length;
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ organization: buildRunCompany() });
    writeFileSync(join(folder, "definitions.ts"), definitions);
    writeFileSync(join(folder, "location.py"), location);
    const env = locationVariables(sandbox, { folder });
    const files = ["-f", join(folder, "definitions.ts"), "-o", join(folder, "definitions.json")];
    const args = [bin, "export", "dagster-python", ...files, "--dagster-version", version];
    const { code, err } = await runProcess(process.execPath, args, {
      env: { ...process.env, ...env },
    });
    if (code !== 0) throw new Error(err);
    dagster = await startDagster({
      python,
      locations: [{ name: "typescript", pythonFile: join(folder, "location.py") }],
      daemon: true,
      dagsterYaml: `${withoutQueue}${storage}`,
      env,
    });
    successful = await end(await launch(["Two_Sheets"], orders, ["Report"]));
    started = sandbox.materializations.started.length;
    // The first evaluation only notes the state.
    if (version === newest) await until(async () => (await evaluations(dagster)) > 0, 90_000, 100);
    const twoSheets = documentNamed(sandbox, "Two Sheets");
    sandbox.materializations.addRule({
      documentId: twoSheets,
      times: 1,
      endsAs: "failed",
      error: "Warehouse suspended",
    });
    failing = await end(
      await launch(
        orders,
        ["Two_Sheets"],
        ["throws"],
        ["checked"],
        ["after_checked"],
        ["silent"],
        ["again"],
        ["exits"],
      ),
    );
    sandbox.materializations.addRule({ documentId: twoSheets, durationMs: Number.POSITIVE_INFINITY });
    sheetsBefore = startedSheets();
    endless = await launch(["Two_Sheets"]);
    await until(() => Promise.resolve(startedSheets() === sheetsBefore + 2), 60_000);
  }, 180_000);
  afterAll(async () => {
    await dagster.close();
    await sandbox.close();
  }, 30_000);

  /** The error of a step of the failing run; null if it did not fail. */
  const failureOf = (step: string): string | null =>
    failing.events.find(({ type, stepKey }) => type === "ExecutionStepFailureEvent" && stepKey === step)
      ?.error ?? null;
  const keysOf = ({ events }: Ended): readonly (readonly string[] | null)[] =>
    events.filter(({ type }) => type === "MaterializationEvent").map(({ assetKey }) => assetKey);

  it("materializes a Python asset and two workbooks in one run, in order", () => {
    expect(successful.status).toBe("SUCCESS");
    const steps = successful.events
      .filter(({ type }) => type === "ExecutionStepStartEvent")
      .map(({ stepKey }) => stepKey);
    expect(steps.indexOf("db__public__orders")).toBeLessThan(steps.indexOf("Two_Sheets"));
    // The other workbook reads the table through a virtual data model, which older versions do not have.
    if (version === newest) expect(steps[0]).toBe("db__public__orders");
    expect([...steps].sort()).toEqual(["Report", "Two_Sheets", "db__public__orders"]);
    expect(started).toBe(3);
  });

  it("reports metadata and data version of a workbook, and logs each sheet", () => {
    const materialized = successful.events.filter(
      ({ type, stepKey }) => type === "MaterializationEvent" && stepKey === "Two_Sheets",
    );
    expect(materialized).toHaveLength(1);
    expect(materialized[0]).toMatchObject({
      assetKey: ["Two_Sheets"],
      metadata: {
        "dagster_sigma/web_url": expect.stringMatching(/^https:/),
        "dagster_sigma/version": expect.anything(),
        "dagster_sigma/sheets": {
          records: [expect.stringContaining("First"), expect.stringContaining("Second")],
        },
      },
      tags: { "dagster/data_version": expect.stringMatching(/^[0-9a-f]{16}$/) },
    });
    const logs = successful.events.filter(({ message }) => message.startsWith("element is materialized"));
    expect(logs.map(({ stepKey }) => stepKey).sort()).toEqual(["Report", "Two_Sheets", "Two_Sheets"]);
  });

  it("fails with Sigma's words", () => {
    expect(failing.status).toBe("FAILURE");
    expect(failureOf("Two_Sheets")).toMatch(/node\.MATERIALIZATION_NOT_READY: .*Warehouse suspended/s);
  });

  it("begins the error of a step with the JavaScript error and the user's frames", () => {
    const error = failureOf("throws");
    expect(error).toMatch(/node\.TypeError: .*definitions\.ts:\d+:\d+: boom\n/);
    expect(error).toMatch(/\n +at .*definitions\.ts:\d+:\d+\)?\n/);
  });

  it("does not start what is downstream of a failed blocking check", () => {
    expect(failureOf("checked")).toContain("not_empty");
    expect(keysOf(failing)).toContainEqual(["checked"]);
    expect(
      failing.events.some(
        ({ type, stepKey }) => type === "ExecutionStepStartEvent" && stepKey === "after_checked",
      ),
    ).toBe(false);
  });

  it("names a selected check that is not reported", () => {
    expect(failureOf("silent")).toMatch(/no result for the selected check "never_reported"/);
  });

  it("starts a step again after RetryRequested", () => {
    const retries = failing.events.filter(({ type }) => type === "ExecutionStepUpForRetryEvent");
    expect(retries.map(({ stepKey }) => stepKey)).toEqual(["again"]);
    expect(keysOf(failing)).toContainEqual(["again"]);
  });

  it("fails only the step in which Node ends", () => {
    expect(failureOf("exits")).toMatch(/The Node process ended .*exit code 7/);
    const failed = failing.events.filter(({ type }) => type === "ExecutionStepFailureEvent");
    expect(failed.map(({ stepKey }) => stepKey).sort()).toEqual([
      "Two_Sheets",
      "checked",
      "exits",
      "silent",
      "throws",
    ]);
    expect([...keysOf(failing)].sort()).toEqual([["again"], ["checked"], orders]);
  });

  it("is canceled by Terminate, and Node is gone", async () => {
    const begun = Date.now();
    await terminateRun(dagster, endless);
    expect(await endOfRun(dagster, endless)).toBe("CANCELED");
    await until(() => Promise.resolve(nodeProcesses(folder) === 0));
    // Polling and a busy machine included.
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect(startedSheets()).toBe(sheetsBefore + 2);
  });

  it.skipIf(version !== newest)(
    "lets the daemon materialize a workbook behind a virtual data model and beside a stub",
    async () => {
      // The failing run materialized the table.
      let automatic: readonly string[] = [];
      await until(
        async () => {
          automatic = (await runIds(dagster)).filter((id) => !launched.has(id));
          return automatic.length > 0;
        },
        120_000,
        100,
      );
      const run = await end(automatic[0] ?? "");
      expect(run.status).toBe("SUCCESS");
      expect(keysOf(run)).toEqual([["Report"]]);
    },
    240_000,
  );
});

function documentNamed({ organization }: Sandbox, name: string): string {
  const found = organization.workbooks.find((workbook) => workbook.name === name);
  if (found === undefined) throw new Error(`No workbook ${name}`);
  return found.id;
}

/** Number of evaluations of the condition of the workbook. */
async function evaluations(dagster: RunningDagster): Promise<number> {
  const { assetConditionEvaluationRecordsOrError: answer } = await dagster.graphql<{
    readonly assetConditionEvaluationRecordsOrError: { readonly records?: readonly object[] };
  }>(
    `{ assetConditionEvaluationRecordsOrError(assetKey: { path: ["Report"] }, limit: 1) {
      ... on AssetConditionEvaluationRecords { records { id } } } }`,
  );
  return answer.records?.length ?? 0;
}
