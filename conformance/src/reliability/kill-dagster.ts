import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  type Mutation,
  mutations,
  type Organization,
  type Sandbox,
  startSandbox,
} from "@dagster-sigma/sigma-sandbox";
import { sensorTicks } from "../dagster/asset-events.ts";
import { type RunningDagster, startDagster } from "../dagster/start-dagster.ts";
import { conformanceFolder } from "../python/conformance-folder.ts";
import { type JudgedReports, judgeReports } from "./judge-reports.ts";
import { seededRandom } from "./seeded-random.ts";

const bin = join(conformanceFolder, "..", "packages", "dagster-sigma", "bin", "dagster-sigma.js");

/** Pause between questions to Dagster, in ms. */
const pollMs = 300;

/** Typical time in which the daemon stores the events of an evaluation, in ms. */
const storeMs = 500;

const definitions = (intervalS: number): string => `
import {
  Definitions, EnvVar, SigmaOrganization, loadSigmaAssetSpecs, noArchivedUpstream, noBrokenColumns, noUnresolvedSources,
  sigmaActivitySensor, sigmaAssetChecks,
} from "dagster-sigma";
const organization = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"), clientId: EnvVar("SIGMA_CLIENT_ID"), clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});
const load = { keyStrategy: "id" };
const assets = await loadSigmaAssetSpecs(organization, load);
const checks = sigmaAssetChecks({ assets, minimumIntervalSeconds: ${intervalS} });
export default new Definitions({
  assets,
  assetChecks: checks.assetChecks,
  sensors: [sigmaActivitySensor({ organization, load, minimumIntervalSeconds: ${intervalS} }), checks.sensor],
});
`;

/** What the real Dagster stored although its processes and ours were killed. */
export interface KilledReports extends JudgedReports {
  readonly daemonKills: number;
  readonly serverKills: number;
  /** Evaluations that ended with an error. */
  readonly failedTicks: number;
  /** Error that an evaluation showed while Sigma was away. */
  readonly awayError: string;
}

/**
 * Kills the daemon and the code location in the middle of evaluations while the organization changes, and disconnects
 * Sigma for a while. Afterwards Dagster must have every last version and result, none of them with different contents.
 */
export async function killWhileReporting(options: {
  readonly python: string;
  readonly organization: Organization;
  readonly kills: number;
  readonly seed: number;
  /** How long Sigma is away, in ms; at least until an evaluation failed. */
  readonly awayMs: number;
  /** Interval between evaluations, in s. Default: 5, the shortest of Dagster's daemon as it is. */
  readonly intervalS?: number;
  readonly onKill?: (done: number) => void;
}): Promise<KilledReports> {
  const { python, kills, awayMs, intervalS = 5 } = options;
  const sandbox = await startSandbox({ organization: options.organization, delayMs: 20 });
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-killed-"));
  const location = new KillableLocation(folder, sandbox, intervalS);
  const random = seededRandom(options.seed);
  let dagster: RunningDagster | null = null;
  try {
    await location.start();
    const { port } = location;
    const running = await startDagster({
      python,
      locations: [{ name: "sigma", port }],
      daemon: true,
      sensorPauseS: intervalS,
    });
    dagster = running;
    const counts = { daemonKills: 0, serverKills: 0 };
    await called(sandbox, "GET /v2/workbooks", 1);
    const startedMs = performance.now();
    await evaluationSucceeded(running);
    const evaluationMs = performance.now() - startedMs;
    for (let kill = 0; kill < kills; kill++) {
      for (let times = 1 + Math.floor(random() * 3); times > 0; times--)
        sandbox.mutate(pick(mutations, random) as Mutation, Math.floor(random() * 1_000));
      for (let times = 8; times > 0; times--) sandbox.mutate("bump workbook", Math.floor(random() * 1_000));
      if (kill % 2 === 0) {
        // The daemon stores the events after the last call of the evaluation.
        await called(sandbox, "GET /v2/members", 2);
        await sleep(random() * storeMs);
        await running.killDaemon();
        running.startDaemon();
        counts.daemonKills++;
      } else {
        await called(sandbox, "GET /v2/workbooks", 1);
        await sleep(random() * evaluationMs);
        await location.kill();
        await location.start();
        counts.serverKills++;
      }
      await evaluationSucceeded(running);
      options.onKill?.(kill + 1);
    }
    const awayError = await disconnect(sandbox, running, awayMs);
    await settle(running);
    const failures = (await sensorTicks(running, "sigma_activity")).filter(
      ({ status }) => status === "FAILURE",
    );
    const judged = await judgeReports(running, python, sandbox);
    return { ...judged, ...counts, failedTicks: failures.length, awayError };
  } finally {
    await dagster?.close();
    await location.kill();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** `dagster-sigma serve` on one port, also after a restart. */
class KillableLocation {
  port = 0;
  #child: ChildProcess | null = null;
  readonly #folder: string;
  readonly #sandbox: Sandbox;

  constructor(folder: string, sandbox: Sandbox, intervalS: number) {
    this.#folder = folder;
    this.#sandbox = sandbox;
    writeFileSync(join(folder, "definitions.ts"), definitions(intervalS));
  }

  /** Resolves when the definitions are loaded. */
  async start(): Promise<void> {
    const { baseUrl, clientId, clientSecret } = this.#sandbox;
    const args = ["serve", "-f", join(this.#folder, "definitions.ts"), "--port", String(this.port), "--json"];
    const child = spawn(process.execPath, [bin, ...args], {
      env: {
        ...process.env,
        SIGMA_BASE_URL: baseUrl,
        SIGMA_CLIENT_ID: clientId,
        SIGMA_CLIENT_SECRET: clientSecret,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    const loaded = new Promise<void>((resolve) => {
      child.stderr.on("data", (text: Buffer) => {
        if (text.toString().includes("assets loaded")) resolve();
      });
    });
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    this.port = (JSON.parse(line) as { readonly port: number }).port;
    await loaded;
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "close");
    child.kill("SIGKILL");
    await ended;
  }
}

/** Resolves after further calls of a route: an evaluation lists members for its refresh, and before it ends. */
async function called(sandbox: Sandbox, route: string, times: number): Promise<void> {
  const calls = (): number => sandbox.log.counts[route] ?? 0;
  const before = calls();
  const deadline = Date.now() + 60_000;
  while (calls() < before + times && Date.now() < deadline) await sleep(10);
}

/** Resolves when another evaluation of the activity has ended without an error. */
async function evaluationSucceeded(dagster: RunningDagster): Promise<void> {
  const successes = async (): Promise<number> =>
    (await sensorTicks(dagster, "sigma_activity")).filter(({ status }) => status !== "FAILURE").length;
  const before = await successes();
  const deadline = Date.now() + 120_000;
  while ((await successes()) <= before && Date.now() < deadline) await sleep(100);
}

/** Sigma closes all connections until an evaluation failed and the time is over. Returns the error of the evaluation. */
async function disconnect(sandbox: Sandbox, dagster: RunningDagster, awayMs: number): Promise<string> {
  const since = Date.now();
  const failed = async (): Promise<string | undefined> => {
    const ticks = await sensorTicks(dagster, "sigma_activity");
    return ticks.map(({ error }) => error?.message ?? "").find((message) => message.includes("SIGMA_"));
  };
  sandbox.faults.add({ fault: { kind: "drop" } });
  let error: string | undefined;
  while (error === undefined || Date.now() - since < awayMs) {
    error ??= await failed();
    if (Date.now() - since > awayMs + 120_000) break;
    await sleep(pollMs);
  }
  sandbox.faults.clear();
  return error ?? "";
}

/** Resolves when both sensors have nothing more to report in two evaluations in a row. */
async function settle(dagster: RunningDagster): Promise<void> {
  const deadline = Date.now() + 180_000;
  const isQuiet = async (name: string, reason: string, atLeast: number): Promise<boolean> => {
    const ticks = await sensorTicks(dagster, name);
    return ticks.length >= atLeast && ticks.slice(0, 2).every(({ skipReason }) => skipReason === reason);
  };
  const [activity, checks] = await Promise.all([
    sensorTicks(dagster, "sigma_activity"),
    sensorTicks(dagster, "sigma_checks"),
  ]);
  const isSettled = async (): Promise<boolean> =>
    (await isQuiet("sigma_activity", "Nothing changed in Sigma.", activity.length + 2)) &&
    (await isQuiet("sigma_checks", "No result of a check changed.", checks.length + 2));
  while (!(await isSettled())) {
    if (Date.now() > deadline) throw new Error("The sensors still report changes after three minutes.");
    await sleep(pollMs);
  }
}

function pick<Item>(items: readonly Item[], random: () => number): Item | undefined {
  return items[Math.floor(random() * items.length)];
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
