import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { locationStatuses } from "../../src/dagster/asset-nodes.ts";
import {
  endOfRun,
  launchAssets,
  launchSeveral,
  runEvents,
  runTags,
  terminateRun,
} from "../../src/dagster/dagster-runs.ts";
import { type RunningDagster, startDagster, withoutQueue } from "../../src/dagster/start-dagster.ts";
import { conformanceFolder } from "../../src/python/conformance-folder.ts";
import { followServing, type Served } from "../../src/serving/start-serving.ts";
import { until } from "../../src/serving/until.ts";
import { dagsterPython, needsPython } from "../reference.ts";
import { buildRunCompany, killWorkers, nodeProcesses, runDefinitions } from "../run-definitions.ts";
import { createImageFolder, type ImageFolder } from "./example-image.ts";

const pythonLocation = `
import dagster as dg

@dg.asset(key=["db", "public", "orders"])
def orders():
    return None

defs = dg.Definitions(assets=[orders], executor=dg.in_process_executor)
`;

const python = (await dagsterPython()) ?? "";

describe.skipIf(python === "")(`${needsPython} runs of the image of examples/with-dagster`, () => {
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-launchers-"));
  let sandbox: Sandbox;
  let imageFolder: ImageFolder;
  let dagster: RunningDagster;
  const servers = new Map<string, Served>();

  beforeAll(async () => {
    sandbox = await startSandbox({ organization: buildRunCompany() });
    imageFolder = createImageFolder(folder, python);
    writeFileSync(join(imageFolder.app, "definitions.ts"), runDefinitions);
    writeFileSync(join(folder, "location.py"), pythonLocation);
    for (const name of ["typescript", "same"]) servers.set(name, await startImage(0));
    const config = JSON.stringify({ image_env: containerEnvironment() });
    dagster = await startDagster({
      python,
      locations: [
        { name: "typescript", port: servers.get("typescript")?.port ?? 0 },
        // Dagster knows it by another address than that on which it listens, as in every network of containers.
        { name: "same", port: servers.get("same")?.port ?? 0, host: "localhost" },
        { name: "python", pythonFile: join(folder, "location.py") },
      ],
      dagsterYaml: `${withoutQueue}run_launcher:\n  module: container_launcher\n  class: ContainerLauncher\n  config: ${config}\n`,
      env: { PYTHONPATH: join(conformanceFolder, "python") },
    });
  }, 120_000);
  afterEach(() => sandbox.materializations.clear());
  afterAll(async () => {
    await dagster.close();
    for (const server of servers.values()) await server.stop("SIGTERM");
    await sandbox.close();
  });

  /** What a container has: the image and the variables that the launcher is configured to set. */
  const containerEnvironment = (): Readonly<Record<string, string>> => ({
    ...imageFolder.env,
    SIGMA_BASE_URL: sandbox.baseUrl,
    SIGMA_CLIENT_ID: sandbox.clientId,
    SIGMA_CLIENT_SECRET: sandbox.clientSecret,
  });

  /** Starts the command of the image. */
  const startImage = async (port: number): Promise<Served> => {
    const { image, app, here } = imageFolder;
    const [program = "", ...args] = image.command.map((word) =>
      word === "0.0.0.0" ? "127.0.0.1" : here(word),
    );
    const server = await followServing(
      spawn(program, [...args, "--port", String(port), "--json"], {
        cwd: app,
        env: {
          ...containerEnvironment(),
          TMPDIR: folder,
          DAGSTER_CURRENT_IMAGE: "registry.example.com/sigma:1",
          DAGSTER_CONTAINER_CONTEXT: '{"k8s": {"env_secrets": ["sigma-credentials"]}}',
        },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
    await server.errWith("assets loaded");
    return server;
  };

  const launch = (launcher: string, ...assets: readonly string[]): Promise<string> =>
    launchAssets(dagster, {
      location: "typescript",
      assets: assets.map((name) => [name]),
      tags: { launcher },
    });

  const materialized = async (runId: string): Promise<readonly string[]> =>
    (await runEvents(dagster, runId))
      .filter(({ type }) => type === "MaterializationEvent")
      .map(({ assetKey }) => String(assetKey));

  const waitForSheets = (): Promise<void> =>
    until(() => Promise.resolve(sandbox.materializations.started.length === 2), 60_000);

  it("are executed by the commands for Docker, Kubernetes and ECS, and fail with the JavaScript error", async () => {
    const [docker = "", ecs = "", k8s = ""] = await Promise.all([
      launch("docker", "Two_Sheets", "again"),
      launch("ecs", "plain"),
      launch("k8s", "plain", "throws"),
    ]);
    for (const runId of [docker, ecs]) expect(await endOfRun(dagster, runId)).toBe("SUCCESS");
    expect([...(await materialized(docker))].sort()).toEqual(["Two_Sheets", "again"]);
    expect(sandbox.materializations.started).toHaveLength(2);
    const { image, context, characters } = await runTags(dagster, ecs);
    expect([image, context]).toEqual(["registry.example.com/sigma:1", "k8s"]);
    // The limit of ECS.
    expect(Number(characters)).toBeLessThan(8_192);

    expect(await endOfRun(dagster, k8s)).toBe("FAILURE");
    expect(await materialized(k8s)).toEqual(["plain"]);
    const failed = (await runEvents(dagster, k8s)).find(({ type }) => type === "ExecutionStepFailureEvent");
    expect(failed?.error).toMatch(/node\.TypeError: .*definitions\.ts:\d+:\d+: boom\n/);
    await until(async () => (await runTags(dagster, k8s))["exit_code"] === "1");
  }, 120_000);

  it("are canceled by SIGTERM to the container, and Node is gone", async () => {
    sandbox.materializations.addRule({ durationMs: Number.POSITIVE_INFINITY });
    const runId = await launch("docker", "Two_Sheets");
    await waitForSheets();
    await terminateRun(dagster, runId);
    expect(await endOfRun(dagster, runId)).toBe("CANCELED");
    await until(() => Promise.resolve(nodeProcesses(folder) === 0));
  }, 120_000);

  it("materialize assets of a Python location and of two servers with the same definitions", async () => {
    const runIds = await launchSeveral(dagster, [
      { location: "python", assets: [["db", "public", "orders"]] },
      { location: "typescript", assets: [["Two_Sheets"]] },
      { location: "same", assets: [["Report"]] },
    ]);
    const ends = await Promise.all(runIds.map((runId) => endOfRun(dagster, runId)));
    expect(ends).toEqual(["SUCCESS", "SUCCESS", "SUCCESS"]);
    expect(await Promise.all(runIds.map(materialized))).toEqual([
      ["db,public,orders"],
      ["Two_Sheets"],
      ["Report"],
    ]);
    // What Dagster logs when the id of a job is not the one that it computes.
    expect(dagster.log()).not.toContain("did not match the parent snapshot ID");
  }, 60_000);

  it("fail when they were killed together with a server that Dagster knows by another address", async () => {
    sandbox.materializations.addRule({ durationMs: Number.POSITIVE_INFINITY });
    const runId = await launchAssets(dagster, { location: "same", assets: [["Two_Sheets"]] });
    await waitForSheets();
    await servers.get("same")?.stop("SIGKILL");
    killWorkers(folder);
    servers.set("same", await startImage(servers.get("same")?.port ?? 0));
    await until(async () => (await locationStatuses(dagster)).every(({ error }) => error === null));
    const next = await launchAssets(dagster, { location: "same", assets: [["again"]] });
    expect(await endOfRun(dagster, next)).toBe("SUCCESS");
    expect(await endOfRun(dagster, runId, 20_000)).toBe("FAILURE");
  }, 60_000);
});
