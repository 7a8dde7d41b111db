import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { endOfRun, launchAssets, runEvents, runStatus, terminateRun } from "../dagster/dagster-runs.ts";
import type { RunningDagster } from "../dagster/start-dagster.ts";
import type { RunningPostgres } from "../postgres/start-postgres.ts";
import type { ServedRuns } from "./serve-location.ts";
import type { Tried } from "./try-runs.ts";

/** What is tried, and with which servers. Both serve the assets of `runKinds`, and are locations of these names. */
interface Away {
  readonly dagster: RunningDagster;
  readonly postgres: RunningPostgres;
  readonly typescript: ServedRuns;
  /** Runs two steps at once. */
  readonly concurrent: ServedRuns;
}

/** What is in progress when the database goes away. Each takes 40 s. */
const runs = [
  { what: "a step that logs twice a second", assets: ["talks"], location: "typescript" },
  { what: "a silent step", assets: ["silent"], location: "typescript" },
  { what: "a step that is terminated afterwards", assets: ["waits"], location: "typescript" },
  { what: "two steps at once", assets: ["talks", "silent"], location: "concurrent" },
];

const outages = [
  { what: "suspended", seconds: 20 },
  { what: "suspended", seconds: 75 },
  { what: "stopped and started", seconds: 20 },
  { what: "stopped and started", seconds: 75 },
];

/** After the return of the database, a step may go on for the rest of its 40 s. */
const limitMs = 60_000;

/**
 * Takes Postgres away in the middle of runs, and brings it back. Each run must end soon afterwards, its processes, too, and the
 * next run must succeed.
 */
export async function tryAway(
  { dagster, postgres, typescript, concurrent }: Away,
  print: (text: string) => void,
): Promise<readonly Tried[]> {
  print("\nPostgres away in the middle of runs; s after its return\n");
  print(`| | ${runs.map(({ what }) => what).join(" | ")} | processes left | the next run |`);
  print(`|---|${"---|".repeat(runs.length + 2)}`);
  const tried: Tried[] = [];
  for (const { what, seconds } of outages) {
    const outage = `${what}, ${seconds} s`;
    const runIds: string[] = [];
    for (const { assets, location } of runs) {
      const runId = await launchAssets(dagster, { location, assets: assets.map((name) => [name]) });
      await untilStarted(dagster, runId, assets.length);
      runIds.push(runId);
    }
    await takeAway(postgres, what === "suspended", seconds * 1_000);
    const returned = performance.now();
    await untilAnswered(() => runStatus(dagster, runIds[0] ?? ""));
    const secondsSince = (): string => ((performance.now() - returned) / 1_000).toFixed(0);
    const [ends, nexts] = await Promise.all([
      Promise.all(
        runIds.map(async (runId, index) => {
          if (runs[index]?.assets[0] === "waits") await untilAnswered(() => terminateRun(dagster, runId));
          const status = await untilAnswered(() => endOfRun(dagster, runId, limitMs)).catch(
            () => "did not end",
          );
          return { status, after: secondsSince() };
        }),
      ),
      Promise.all(
        ["typescript", "concurrent"].map(async (location) => {
          const assets = [["quick"], ["after_quick"]];
          const launched = await untilAnswered(() => launchAssets(dagster, { location, assets }));
          return endOfRun(dagster, launched, limitMs);
        }),
      ).catch((thrown: unknown) => [String(thrown).slice(0, 300)]),
    ]);
    const left = await processesLeft([typescript.folder, concurrent.folder]);
    const cells = ends.map(({ status, after }) => `${status} ${after}`);
    print(`| ${[outage, ...cells, left.length, [...new Set(nexts)].join(", ")].join(" | ")} |`);
    for (const [index, { status, after }] of ends.entries())
      tried.push({
        what: `${outage}: ${runs[index]?.what}`,
        result: `${status} ${after}`,
        isAsExpected: status !== "did not end",
      });
    tried.push({
      what: `${outage}: processes left`,
      result: left.join("\n"),
      isAsExpected: left.length === 0,
    });
    const isUsable = nexts.every((status) => status === "SUCCESS");
    tried.push({ what: `${outage}: the next run`, result: nexts.join(", "), isAsExpected: isUsable });
  }
  return tried;
}

async function takeAway(postgres: RunningPostgres, isSuspended: boolean, ms: number): Promise<void> {
  if (isSuspended) postgres.pause();
  else await postgres.stop();
  await sleep(ms);
  if (isSuspended) postgres.resume();
  else await postgres.start();
}

async function untilStarted(dagster: RunningDagster, runId: string, steps: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const events = await runEvents(dagster, runId);
    if (events.filter(({ type }) => type === "ExecutionStepStartEvent").length === steps) return;
    if (Date.now() > deadline) throw new Error("The steps did not start.");
    await sleep(200);
  }
}

/** Dagster's web server answers with errors as long as it has connections that ended with the database. */
async function untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    try {
      return await ask();
    } catch (thrown) {
      if (Date.now() > deadline) throw thrown;
      await sleep(200);
    }
  }
}

/** Processes of runs and steps in the folders of servers, without the worker of each; waits until there are none. */
async function processesLeft(folders: readonly string[]): Promise<readonly string[]> {
  const all = (): readonly string[] =>
    execFileSync("ps", ["-eo", "pid,ppid,etimes,stat,args"], { encoding: "utf8" })
      .split("\n")
      .filter((line) => /dagster_typescript\.worker|run-steps/.test(line))
      .filter((line) => folders.some((folder) => line.includes(folder)));
  const deadline = Date.now() + limitMs;
  while (all().length > folders.length && Date.now() < deadline) await sleep(200);
  const left = all();
  return left.length > folders.length ? left : [];
}
