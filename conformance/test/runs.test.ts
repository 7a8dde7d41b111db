import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { locationStatuses } from "../src/dagster/asset-nodes.ts";
import {
  endOfRun,
  launchAssets,
  type RunEvent,
  reexecuteFromFailure,
  runEvents,
  runStatus,
  terminateRun,
} from "../src/dagster/dagster-runs.ts";
import { type RunningDagster, startDagster, withoutQueue } from "../src/dagster/start-dagster.ts";
import { type Served, startServing } from "../src/serving/start-serving.ts";
import { until } from "../src/serving/until.ts";
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
      dagsterYaml: withoutQueue,
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
    sandbox.materializations.clear();
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

  /** The steps of a run that were started. */
  const startedSteps = async (runId: string): Promise<readonly (string | null)[]> =>
    (await runEvents(dagster, runId))
      .filter(({ type }) => type === "ExecutionStepStartEvent")
      .map(({ stepKey }) => stepKey);

  describe("a run that succeeds", () => {
    let events: readonly RunEvent[];
    let sheets: number;

    beforeAll(async () => {
      const runId = await launchAssets(dagster, {
        location: "typescript",
        assets: [["Two_Sheets"], ["Report"], ["again"], ["configured"], ["plain"]],
        config: { ops: { configured: { config: { mode: "full", tables: ["a", "b"] } } } },
      });
      expect(await endOfRun(dagster, runId)).toBe("SUCCESS");
      events = await runEvents(dagster, runId);
      sheets = sandbox.materializations.started.length;
    }, 60_000);

    const materializationOf = (key: string): RunEvent | undefined =>
      events.find(({ type, assetKey }) => type === "MaterializationEvent" && String(assetKey) === key);

    it("materializes several assets, a workbook with metadata and data version", () => {
      const keys = events
        .filter(({ type }) => type === "MaterializationEvent")
        .map(({ assetKey }) => assetKey);
      expect(keys.map(String).sort()).toEqual(["Report", "Two_Sheets", "again", "configured", "plain"]);
      expect(sheets).toBe(3);
      expect(materializationOf("Two_Sheets")).toMatchObject({
        metadata: { "dagster_sigma/web_url": expect.stringMatching(/^https:/) },
        tags: { "dagster/data_version": expect.stringMatching(/^[0-9a-f]{16}$/) },
      });
    });

    it("starts a step again after RetryRequested", () => {
      const retries = events.filter(({ type }) => type === "ExecutionStepUpForRetryEvent");
      expect(retries.map(({ stepKey }) => stepKey)).toEqual(["again"]);
    });

    it("passes config with its defaults to the code", () => {
      expect(JSON.parse(String(materializationOf("configured")?.metadata["config"]))).toEqual({
        mode: "full",
        days: 7,
        tables: ["a", "b"],
      });
    });

    it("executes the checks of an asset after it", () => {
      const ofPlain = events.filter(({ stepKey }) => stepKey?.startsWith("plain")).map(({ type }) => type);
      expect(ofPlain).toContain("MaterializationEvent");
      expect(ofPlain.indexOf("AssetCheckEvaluationEvent")).toBeGreaterThan(
        ofPlain.indexOf("MaterializationEvent"),
      );
    });
  });

  it("fails with Sigma's words, goes on after a step in which Node ends, and stops at a blocking check", async () => {
    sandbox.materializations.addRule({ times: 1, endsAs: "failed", error: "Warehouse suspended" });
    const runId = await launch(["Two_Sheets"], ["exits"], ["checked"], ["after_checked"], ["plain"]);
    expect(await endOfRun(dagster, runId)).toBe("FAILURE");
    expect([...(await failures(runId))].sort()).toEqual([
      ["Two_Sheets", expect.stringContaining("Warehouse suspended")],
      ["checked", expect.stringContaining("not_empty")],
      ["exits", expect.stringMatching(/exit code 7/)],
    ]);
    expect([...(await materialized(runId))].sort()).toEqual([["checked"], ["plain"]]);
    expect(await startedSteps(runId)).not.toContain("after_checked");

    // A re-execution from failure runs what failed, and nothing else.
    const again = await reexecuteFromFailure(dagster, runId);
    expect(await endOfRun(dagster, again)).toBe("FAILURE");
    expect([...(await startedSteps(again))].sort()).toEqual(["Two_Sheets", "checked", "exits"]);
    expect([...(await materialized(again))].sort()).toEqual([["Two_Sheets"], ["checked"]]);
  }, 60_000);

  it("is canceled by Terminate, and Node is gone; no process title and environment names Dagster's storage", async () => {
    const runId = await launchWaiting();
    const texts = runTexts(folder);
    expect(texts).toContain("dagster_typescript.worker");
    expect(texts).not.toContain(dagster.home);
    await terminateRun(dagster, runId);
    expect(await endOfRun(dagster, runId)).toBe("CANCELED");
    await until(() => Promise.resolve(nodeProcesses(folder) === 0));
  });

  it("refuses wrong config in the host", async () => {
    const launchWith = (ops: object): Promise<string> =>
      launchAssets(dagster, {
        location: "typescript",
        assets: Object.keys(ops).map((name) => [name]),
        config: { ops },
      });
    await expect(launchWith({ Two_Sheets: { config: { x: 1 } } })).rejects.toThrow(
      /RunConfigValidationInvalid/,
    );
    for (const wrong of [{}, { mode: "other" }, { mode: "full", days: "x" }, { mode: "full", more: 1 }])
      await expect(launchWith({ configured: { config: wrong } })).rejects.toThrow(
        /RunConfigValidationInvalid/,
      );
  });

  it("fails a run whose process was killed", async () => {
    const runId = await launchWaiting();
    for (const pid of runProcesses(folder)) process.kill(pid, "SIGKILL");
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

  it("shows what a sensor logged in its tick", async () => {
    await startSensor(dagster, "logs");
    dagster.startDaemon();
    await until(async () => (await tickLog(dagster, "logs")).length > 0, 60_000, 100);
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
    expect(runProcesses(folder)).toHaveLength(1);
    await terminateRun(dagster, runId);
    expect(await endOfRun(dagster, runId, 20_000)).toBe("CANCELED");
  }, 60_000);

  it("lets runs go on when the worker is killed, and terminates them", async () => {
    const runId = await launchWaiting();
    killWorkers(folder, "workers");
    await terminateRun(dagster, runId);
    expect(await endOfRun(dagster, runId, 20_000)).toBe("CANCELED");
    const after = await launch(["plain"]);
    expect(await endOfRun(dagster, after)).toBe("SUCCESS");
  }, 60_000);

  it("tells runs that lost their process from those that go on when serve and its worker were killed", async () => {
    const lost = await launchWaiting();
    const lostProcesses = runProcesses(folder);
    const runId = await launchWaiting();
    await restart(async () => {
      await served.stop("SIGKILL");
      killWorkers(folder, "workers");
      for (const pid of lostProcesses) process.kill(pid, "SIGKILL");
    });
    expect(await endOfRun(dagster, lost, 20_000)).toBe("FAILURE");
    expect(await runStatus(dagster, runId)).toBe("STARTED");
    await terminateRun(dagster, runId);
    expect(await endOfRun(dagster, runId, 20_000)).toBe("CANCELED");
  }, 60_000);

  describe("with --concurrent-steps and --no-run-recovery", () => {
    const options = ["--concurrent-steps", "3", "--no-run-recovery"];
    beforeAll(() => restart(() => served.stop("SIGTERM"), options), 60_000);

    /** All sheets of both workbooks, which one after the other would not reach. */
    const launchBoth = async (): Promise<string> => {
      sandbox.materializations.clear();
      sandbox.materializations.addRule({ durationMs: Number.POSITIVE_INFINITY });
      const runId = await launch(["Two_Sheets"], ["Report"]);
      await until(() => Promise.resolve(sandbox.materializations.started.length === 3), 60_000);
      await until(() => Promise.resolve(nodeProcesses(folder) === 2));
      return runId;
    };

    it("executes steps at once, and Terminate ends all of them", async () => {
      const whole = await launch(["Two_Sheets"], ["Report"], ["plain"]);
      expect(await endOfRun(dagster, whole)).toBe("SUCCESS");
      const runId = await launchBoth();
      await terminateRun(dagster, runId);
      expect(await endOfRun(dagster, runId, 20_000)).toBe("CANCELED");
      await until(() => Promise.resolve(nodeProcesses(folder) === 0));
    }, 120_000);

    it("ends the steps of a run whose process was killed", async () => {
      const runId = await launchBoth();
      // Its steps are processes of their own, which are not killed.
      for (const pid of runProcesses(folder)) process.kill(pid, "SIGKILL");
      expect(await endOfRun(dagster, runId, 20_000)).toBe("FAILURE");
      await until(() => Promise.resolve(nodeProcesses(folder) === 0));
    }, 120_000);

    it("keeps no reference to Dagster's storage, and fails lost runs with the next request", async () => {
      const runId = await launchWaiting();
      expect(keptStorages(folder)).toEqual([]);
      await restart(async () => {
        await served.stop("SIGKILL");
        killWorkers(folder);
      }, options);
      expect(await runStatus(dagster, runId)).toBe("STARTED");
      const next = await launch(["plain"]);
      expect(await endOfRun(dagster, next)).toBe("SUCCESS");
      expect(await endOfRun(dagster, runId, 20_000)).toBe("FAILURE");
    }, 60_000);
  });
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

/** Whether Dagster has loaded the location. */
async function launchable(dagster: RunningDagster): Promise<boolean> {
  const [status] = await locationStatuses(dagster);
  return status?.loadStatus === "LOADED" && status.error === null;
}
