import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { locationStatuses } from "../src/dagster/asset-nodes.ts";
import { endOfRun, launchAssets, runEvents, runStatus, terminateRun } from "../src/dagster/dagster-runs.ts";
import { type RunningDagster, startDagster } from "../src/dagster/start-dagster.ts";
import { dagsterPython, needsPython } from "./reference.ts";
import {
  buildRunCompany,
  keptStorages,
  killWorkers,
  nodeProcesses,
  runDefinitions,
  runProcesses,
  runTexts,
} from "./run-definitions.ts";
import { type Served, startServing, until } from "./serve-process.ts";

const python = (await dagsterPython()) ?? "";

describe.skipIf(python === "")(`${needsPython} serve --runs worker`, () => {
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-runs-"));
  let sandbox: Sandbox;
  let served: Served;
  let dagster: RunningDagster;

  beforeAll(async () => {
    sandbox = await startSandbox({ organization: buildRunCompany() });
    writeFileSync(join(folder, "definitions.ts"), runDefinitions);
    served = await startLocation(0);
    dagster = await startDagster({
      python,
      locations: [{ name: "typescript", port: served.port }],
      dagsterYaml:
        "run_coordinator:\n  module: dagster._core.run_coordinator\n  class: DefaultRunCoordinator\n",
    });
  }, 120_000);
  afterEach(() => sandbox.materializations.clear());
  afterAll(async () => {
    await dagster.close();
    await served.stop("SIGTERM");
    await sandbox.close();
  });

  /** Sockets of workers are in a folder of this test. */
  const startLocation = async (port: number, more: readonly string[] = []): Promise<Served> => {
    const args = ["-f", join(folder, "definitions.ts"), "--runs", "worker", "--python", python, ...more];
    const started = await startServing([...args, ...(port === 0 ? [] : ["--port", String(port)])], {
      SIGMA_BASE_URL: sandbox.baseUrl,
      SIGMA_CLIENT_ID: sandbox.clientId,
      SIGMA_CLIENT_SECRET: sandbox.clientSecret,
      DAGSTER_SIGMA_STATE_DIR: join(folder, "state"),
      PYTHONPATH: join(import.meta.dirname, "..", "..", "packages", "dagster-typescript"),
      TMPDIR: folder,
    });
    await started.errWith("assets loaded");
    return started;
  };

  /** Ends the server, and starts another one at the same address. */
  const restart = async (end: () => Promise<unknown>, more: readonly string[] = []): Promise<void> => {
    await end();
    served = await startLocation(served.port, more);
    await until(async () => (await launchable(dagster)) === true);
  };

  /** A run that waits for Sigma for ever. */
  const launchWaiting = async (): Promise<string> => {
    sandbox.materializations.addRule({ durationMs: Number.POSITIVE_INFINITY });
    const runId = await launch(["Two_Sheets"]);
    await until(() => Promise.resolve(sandbox.materializations.started.length === 2));
    return runId;
  };

  const launch = (...assets: readonly (readonly string[])[]): Promise<string> =>
    launchAssets(dagster, { location: "typescript", assets });

  /** Steps that failed, with the error. */
  const failures = async (runId: string): Promise<readonly (readonly [string | null, string | null])[]> =>
    (await runEvents(dagster, runId))
      .filter(({ type }) => type === "ExecutionStepFailureEvent")
      .map(({ stepKey, error }) => [stepKey, error] as const);

  const materialized = async (runId: string): Promise<readonly (readonly string[] | null)[]> =>
    (await runEvents(dagster, runId))
      .filter(({ type }) => type === "MaterializationEvent")
      .map(({ assetKey }) => assetKey);

  it("materializes a workbook, with metadata and data version", async () => {
    const runId = await launch(["Two_Sheets"]);
    expect(await endOfRun(dagster, runId)).toBe("SUCCESS");
    const events = await runEvents(dagster, runId);
    const [event] = events.filter(({ type }) => type === "MaterializationEvent");
    expect(event).toMatchObject({
      assetKey: ["Two_Sheets"],
      metadata: { "dagster_sigma/web_url": expect.stringMatching(/^https:/) },
      tags: { "dagster/data_version": expect.stringMatching(/^[0-9a-f]{16}$/) },
    });
    expect(sandbox.materializations.started).toHaveLength(2);
  });

  it("materializes several assets in one run, in order", async () => {
    const runId = await launch(["Two_Sheets"], ["Report"], ["again"]);
    expect(await endOfRun(dagster, runId)).toBe("SUCCESS");
    expect([...(await materialized(runId))].map(String).sort()).toEqual(["Report", "Two_Sheets", "again"]);
    expect(sandbox.materializations.started).toHaveLength(3);
  });

  it("fails with Sigma's words, and a re-execution from failure runs only the failed step", async () => {
    sandbox.materializations.addRule({ times: 1, endsAs: "failed", error: "Warehouse suspended" });
    const runId = await launch(["Two_Sheets"], ["again"]);
    expect(await endOfRun(dagster, runId)).toBe("FAILURE");
    expect(await failures(runId)).toEqual([["Two_Sheets", expect.stringContaining("Warehouse suspended")]]);
    const again = await reexecute(dagster, runId);
    expect(await endOfRun(dagster, again)).toBe("SUCCESS");
    expect(await materialized(again)).toEqual([["Two_Sheets"]]);
  });

  it("is canceled by Terminate, and Node is gone", async () => {
    const runId = await launchWaiting();
    await terminateRun(dagster, runId);
    expect(await endOfRun(dagster, runId)).toBe("CANCELED");
    await until(() => Promise.resolve(nodeProcesses(folder) === 0));
  });

  it("shows the reference to Dagster's storage in no process title and no environment", async () => {
    const runId = await launchWaiting();
    const texts = runTexts();
    expect(texts).toContain("dagster_typescript.worker");
    expect(texts).not.toContain(dagster.home);
    await terminateRun(dagster, runId);
    expect(await endOfRun(dagster, runId)).toBe("CANCELED");
  });

  it("does not start what is downstream of a failed blocking check", async () => {
    const runId = await launch(["checked"], ["after_checked"]);
    expect(await endOfRun(dagster, runId)).toBe("FAILURE");
    expect(await materialized(runId)).toEqual([["checked"]]);
  });

  it("fails the step in which Node ends, and the others go on", async () => {
    const runId = await launch(["exits"], ["again"]);
    expect(await endOfRun(dagster, runId)).toBe("FAILURE");
    expect(await failures(runId)).toEqual([["exits", expect.stringMatching(/exit code 7/)]]);
    expect(await materialized(runId)).toEqual([["again"]]);
  });

  it("refuses config that no asset has, in the host", async () => {
    const config = { ops: { Two_Sheets: { config: { x: 1 } } } };
    await expect(
      launchAssets(dagster, { location: "typescript", assets: [["Two_Sheets"]], config }),
    ).rejects.toThrow(/RunConfigValidationInvalid/);
  });

  it("fails a run whose process was killed", async () => {
    const runId = await launchWaiting();
    for (const pid of runProcesses()) process.kill(pid, "SIGKILL");
    expect(await endOfRun(dagster, runId, 10_000)).toBe("FAILURE");
    const messages = (await runEvents(dagster, runId)).map(({ message }) => message);
    expect(messages).toContainEqual(
      expect.stringMatching(/process of the run \(pid \d+\) ended unexpectedly: signal SIGKILL/),
    );
    await until(() => Promise.resolve(nodeProcesses(folder) === 0));
  });

  it("executes a check alone, as a step of its own", async () => {
    const checks = [{ asset: ["plain"], name: "has_rows" }];
    const runId = await launchAssets(dagster, { location: "typescript", assets: [], checks });
    expect(await endOfRun(dagster, runId)).toBe("SUCCESS");
    const events = await runEvents(dagster, runId);
    expect(events.filter(({ type }) => type === "AssetCheckEvaluationEvent")).toHaveLength(1);
    expect(events.filter(({ type }) => type === "MaterializationEvent")).toHaveLength(0);
    expect(events.map(({ message }) => message)).toContainEqual(expect.stringContaining("counting rows"));
  });

  it("executes the checks of an asset after it, in one run", async () => {
    const runId = await launch(["plain"]);
    expect(await endOfRun(dagster, runId)).toBe("SUCCESS");
    const order = (await runEvents(dagster, runId)).map(({ type }) => type);
    expect(order.indexOf("AssetCheckEvaluationEvent")).toBeGreaterThan(order.indexOf("MaterializationEvent"));
  });

  it("passes config with its defaults to the code, and refuses wrong config in the host", async () => {
    const launchConfigured = (config: object): Promise<string> =>
      launchAssets(dagster, {
        location: "typescript",
        assets: [["configured"]],
        config: { ops: { configured: { config } } },
      });
    const runId = await launchConfigured({ mode: "full", tables: ["a", "b"] });
    expect(await endOfRun(dagster, runId)).toBe("SUCCESS");
    const [event] = (await runEvents(dagster, runId)).filter(({ type }) => type === "MaterializationEvent");
    expect(JSON.parse(String(event?.metadata["config"]))).toEqual({
      mode: "full",
      days: 7,
      tables: ["a", "b"],
    });
    for (const wrong of [{}, { mode: "other" }, { mode: "full", days: "x" }, { mode: "full", more: 1 }])
      await expect(launchConfigured(wrong)).rejects.toThrow(/RunConfigValidationInvalid/);
  });

  it("shows what a sensor logged in its tick", async () => {
    await startSensor(dagster, "logs");
    dagster.startDaemon();
    await until(async () => (await tickLog(dagster, "logs")).length > 0, 60_000, 500);
    await dagster.killDaemon();
    expect(await tickLog(dagster, "logs")).toContainEqual(
      expect.objectContaining({
        level: "WARNING",
        message: expect.stringContaining("looked at Sigma documents=2"),
      }),
    );
  }, 90_000);

  it("lets runs go on when serve is killed, and the next server terminates them", async () => {
    const runId = await launchWaiting();
    await restart(() => served.stop("SIGKILL"));
    expect(runProcesses()).toHaveLength(1);
    await terminateRun(dagster, runId);
    expect(await endOfRun(dagster, runId, 20_000)).toBe("CANCELED");
    const after = await launch(["again"]);
    expect(await endOfRun(dagster, after)).toBe("SUCCESS");
  }, 60_000);

  it("lets runs go on when the worker is killed, and terminates them", async () => {
    const runId = await launchWaiting();
    killWorkers(folder, "workers");
    await terminateRun(dagster, runId);
    expect(await endOfRun(dagster, runId, 20_000)).toBe("CANCELED");
    const after = await launch(["plain"]);
    expect(await endOfRun(dagster, after)).toBe("SUCCESS");
  }, 60_000);

  it("does not report a run as lost whose worker was killed together with serve, and terminates it", async () => {
    const runId = await launchWaiting();
    await restart(async () => {
      await served.stop("SIGKILL");
      killWorkers(folder, "workers");
    });
    const next = await launch(["plain"]);
    expect(await endOfRun(dagster, next)).toBe("SUCCESS");
    expect(await runStatus(dagster, runId)).toBe("STARTED");
    await terminateRun(dagster, runId);
    expect(await endOfRun(dagster, runId, 20_000)).toBe("CANCELED");
  }, 60_000);

  it("fails runs whose processes were killed together with serve, when the next server starts", async () => {
    const runId = await launchWaiting();
    await restart(async () => {
      await served.stop("SIGKILL");
      killWorkers(folder);
    });
    expect(await endOfRun(dagster, runId, 20_000)).toBe("FAILURE");
  }, 60_000);

  it("keeps no reference to Dagster's storage with --no-run-recovery, and fails lost runs with the next request", async () => {
    await restart(() => served.stop("SIGTERM"), ["--no-run-recovery"]);
    const runId = await launchWaiting();
    expect(keptStorages(folder)).toEqual([]);
    await restart(async () => {
      await served.stop("SIGKILL");
      killWorkers(folder);
    }, ["--no-run-recovery"]);
    expect(await runStatus(dagster, runId)).toBe("STARTED");
    const next = await launch(["plain"]);
    expect(await endOfRun(dagster, next)).toBe("SUCCESS");
    expect(await endOfRun(dagster, runId, 20_000)).toBe("FAILURE");
  }, 60_000);

  it("executes steps at once with --concurrent-steps, and Terminate ends all of them", async () => {
    await restart(() => served.stop("SIGTERM"), ["--concurrent-steps", "3"]);
    const whole = await launch(["Two_Sheets"], ["Report"], ["plain"]);
    expect(await endOfRun(dagster, whole)).toBe("SUCCESS");
    sandbox.materializations.clear();
    sandbox.materializations.addRule({ durationMs: Number.POSITIVE_INFINITY });
    const runId = await launch(["Two_Sheets"], ["Report"]);
    // All sheets of both workbooks, which one after the other would not reach.
    await until(() => Promise.resolve(sandbox.materializations.started.length === 3));
    expect(nodeProcesses(folder)).toBe(2);
    await terminateRun(dagster, runId);
    expect(await endOfRun(dagster, runId, 20_000)).toBe("CANCELED");
    await until(() => Promise.resolve(nodeProcesses(folder) === 0));
  }, 90_000);
});

async function startSensor(dagster: RunningDagster, sensorName: string): Promise<void> {
  await dagster.graphql(
    `mutation Start($selector: SensorSelector!) { startSensor(sensorSelector: $selector) { __typename } }`,
    { selector: { repositoryName: "__repository__", repositoryLocationName: "typescript", sensorName } },
  );
}

/** Lines of the log of the last tick of a sensor. */
async function tickLog(
  dagster: RunningDagster,
  sensorName: string,
): Promise<readonly { readonly level: string; readonly message: string }[]> {
  const { sensorOrError } = await dagster.graphql<{
    readonly sensorOrError: {
      readonly sensorState: {
        readonly ticks: readonly {
          readonly logEvents: { readonly events: readonly { level: string; message: string }[] };
        }[];
      };
    };
  }>(
    `query Ticks($selector: SensorSelector!) { sensorOrError(sensorSelector: $selector) { ... on Sensor { sensorState {
      ticks(limit: 1) { logEvents { events { level message } } } } } } }`,
    { selector: { repositoryName: "__repository__", repositoryLocationName: "typescript", sensorName } },
  );
  return sensorOrError.sensorState.ticks.flatMap(({ logEvents }) => logEvents.events);
}

/** Executes the failed steps of a run again, as the button does. */
async function reexecute(dagster: RunningDagster, runId: string): Promise<string> {
  const { launchRunReexecution } = await dagster.graphql<{
    readonly launchRunReexecution: { readonly run?: { readonly runId: string } };
  }>(
    `mutation Again($runId: String!) { launchRunReexecution(reexecutionParams: { parentRunId: $runId, strategy: FROM_FAILURE }) {
      __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }`,
    { runId },
  );
  if (launchRunReexecution.run === undefined) throw new Error(JSON.stringify(launchRunReexecution));
  return launchRunReexecution.run.runId;
}

/** Whether Dagster has loaded the location. */
async function launchable(dagster: RunningDagster): Promise<boolean> {
  const [status] = await locationStatuses(dagster);
  return status?.loadStatus === "LOADED" && status.error === null;
}
