import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  endOfRun,
  launchAssets,
  locationVariables,
  type RunningDagster,
  runEvents,
  runIds,
  startDagster,
  terminateRun,
} from "../src/index.ts";
import { dagsterPython, needsPython, postgresPython } from "./reference.ts";
import { buildRunCompany, nodeProcesses, runDefinitions } from "./run-definitions.ts";
import { until } from "./serve-process.ts";

/** The Python asset has the key of the table that Sigma reads. */
const location = `
import dagster as dg
from dagster_typescript import load_definitions

@dg.asset(key=["db", "public", "orders"])
def orders():
    return None

defs = dg.Definitions.merge(
    load_definitions("definitions.ts", executor=dg.in_process_executor), dg.Definitions(assets=[orders])
)
`;

/** Set by `npm run test:long postgres`. By default Dagster stores runs and events in SQLite. */
const { DAGSTER_POSTGRES_URL: postgresUrl } = process.env;
const storage = postgresUrl
  ? `storage:\n  postgres:\n    postgres_url: ${JSON.stringify(postgresUrl)}\n`
  : "";

const python = (await (postgresUrl ? postgresPython() : dagsterPython())) ?? "";

describe.skipIf(python === "")(`${needsPython} a Python location with TypeScript definitions`, () => {
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-python-"));
  let sandbox: Sandbox;
  let dagster: RunningDagster;

  beforeAll(async () => {
    sandbox = await startSandbox({ organization: buildRunCompany() });
    writeFileSync(join(folder, "definitions.ts"), runDefinitions);
    writeFileSync(join(folder, "location.py"), location);
    dagster = await startDagster({
      python,
      locations: [{ name: "typescript", pythonFile: join(folder, "location.py") }],
      daemon: true,
      dagsterYaml: `run_coordinator:\n  module: dagster._core.run_coordinator\n  class: DefaultRunCoordinator\n${storage}`,
      env: locationVariables(sandbox, { folder }),
    });
  }, 120_000);
  afterEach(() => sandbox.materializations.clear());
  afterAll(async () => {
    await dagster.close();
    await sandbox.close();
  });

  const launch = (...assets: readonly (readonly string[])[]): Promise<string> =>
    launchAssets(dagster, { location: "typescript", assets });

  /** Steps that failed, with the error. */
  const failures = async (runId: string): Promise<readonly (readonly [string | null, string | null])[]> =>
    (await runEvents(dagster, runId))
      .filter(({ type }) => type === "ExecutionStepFailureEvent")
      .map(({ stepKey, error }) => [stepKey, error] as const);

  it("materializes a workbook, with metadata and data version, and logs each sheet", async () => {
    const runId = await launch(["Two_Sheets"]);
    expect(await endOfRun(dagster, runId)).toBe("SUCCESS");
    const events = await runEvents(dagster, runId);
    const materialized = events.filter(({ type }) => type === "MaterializationEvent");
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
    const logs = events.filter(({ message }) => message.startsWith("element is materialized"));
    expect(logs.map(({ stepKey }) => stepKey)).toEqual(["Two_Sheets", "Two_Sheets"]);
    expect(sandbox.materializations.started).toHaveLength(2);
  });

  it("fails with Sigma's words", async () => {
    sandbox.materializations.addRule({ times: 1, endsAs: "failed", error: "Warehouse suspended" });
    const runId = await launch(["Two_Sheets"]);
    expect(await endOfRun(dagster, runId)).toBe("FAILURE");
    const [[step, error] = [null, null]] = await failures(runId);
    expect(step).toBe("Two_Sheets");
    expect(error).toMatch(/node\.MATERIALIZATION_NOT_READY: .*Warehouse suspended/s);
  });

  it("begins the error of a step with the JavaScript error and the user's frames", async () => {
    const runId = await launch(["throws"]);
    expect(await endOfRun(dagster, runId)).toBe("FAILURE");
    const [[, error] = [null, null]] = await failures(runId);
    expect(error).toMatch(/node\.TypeError: .*definitions\.ts:\d+:\d+: boom\n/);
    expect(error).toMatch(/\n +at .*definitions\.ts:\d+:\d+\)?\n/);
  });

  it("is canceled by Terminate, and Node is gone", async () => {
    sandbox.materializations.addRule({ durationMs: Number.POSITIVE_INFINITY });
    const runId = await launch(["Two_Sheets"]);
    await until(() => Promise.resolve(sandbox.materializations.started.length === 2));
    const begun = Date.now();
    await terminateRun(dagster, runId);
    expect(await endOfRun(dagster, runId)).toBe("CANCELED");
    await until(() => Promise.resolve(nodeProcesses(folder) === 0));
    // Polling and a busy machine included.
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect(sandbox.materializations.started).toHaveLength(2);
  });

  it("materializes a Python asset and two workbooks in one run, in order", async () => {
    const runId = await launch(["Two_Sheets"], ["db", "public", "orders"], ["Report"]);
    expect(await endOfRun(dagster, runId)).toBe("SUCCESS");
    const steps = (await runEvents(dagster, runId))
      .filter(({ type }) => type === "ExecutionStepStartEvent")
      .map(({ stepKey }) => stepKey);
    expect(steps[0]).toBe("db__public__orders");
    expect([...steps].sort()).toEqual(["Report", "Two_Sheets", "db__public__orders"]);
    expect(sandbox.materializations.started).toHaveLength(3);
  });

  it("does not start what is downstream of a failed blocking check", async () => {
    const runId = await launch(["checked"], ["after_checked"]);
    expect(await endOfRun(dagster, runId)).toBe("FAILURE");
    const events = await runEvents(dagster, runId);
    expect(
      events.filter(({ type }) => type === "MaterializationEvent").map(({ assetKey }) => assetKey),
    ).toEqual([["checked"]]);
    expect((await failures(runId)).map(([step]) => step)).toEqual(["checked"]);
  });

  it("names a selected check that is not reported", async () => {
    const runId = await launch(["silent"]);
    expect(await endOfRun(dagster, runId)).toBe("FAILURE");
    expect((await failures(runId))[0]?.[1]).toMatch(/no result for the selected check "never_reported"/);
  });

  it("starts a step again after RetryRequested", async () => {
    const runId = await launch(["again"]);
    expect(await endOfRun(dagster, runId)).toBe("SUCCESS");
    const events = await runEvents(dagster, runId);
    expect(events.filter(({ type }) => type === "ExecutionStepUpForRetryEvent")).toHaveLength(1);
  });

  it("fails only the step in which Node ends", async () => {
    const runId = await launch(["exits"], ["again"]);
    expect(await endOfRun(dagster, runId)).toBe("FAILURE");
    expect(await failures(runId)).toEqual([
      ["exits", expect.stringMatching(/The Node process ended .*exit code 7/)],
    ]);
  });

  it("lets the daemon materialize a workbook behind a virtual data model and beside a stub", async () => {
    await dagster.graphql(
      `mutation Start($selector: SensorSelector!) { startSensor(sensorSelector: $selector) { __typename } }`,
      {
        selector: {
          repositoryName: "__repository__",
          repositoryLocationName: "typescript",
          sensorName: "default_automation_condition_sensor",
        },
      },
    );
    const known = new Set(await runIds(dagster));
    // The first evaluation only notes the state.
    await until(async () => (await evaluations(dagster)) > 0, 90_000, 500);
    const runId = await launch(["db", "public", "orders"]);
    expect(await endOfRun(dagster, runId)).toBe("SUCCESS");
    let automatic: readonly string[] = [];
    await until(
      async () => {
        automatic = (await runIds(dagster)).filter((id) => id !== runId && !known.has(id));
        return automatic.length > 0;
      },
      120_000,
      500,
    );
    expect(await endOfRun(dagster, automatic[0] ?? "")).toBe("SUCCESS");
    const events = await runEvents(dagster, automatic[0] ?? "");
    expect(
      events.filter(({ type }) => type === "MaterializationEvent").map(({ assetKey }) => assetKey),
    ).toEqual([["Report"]]);
  }, 240_000);
});

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
