import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isEnd, launchSeveral, runStatus } from "../dagster/dagster-runs.ts";
import { startDagster } from "../dagster/start-dagster.ts";
import { conformanceFolder } from "../python/conformance-folder.ts";
import { runKinds } from "./run-kinds.ts";
import { serveRuns } from "./serve-location.ts";

/** Polls of the location, as Dagster sends them. */
interface Polls {
  readonly polls: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly longestMs: number;
  readonly failed: number;
}

/** What a queue of runs did to the server. */
interface QueuedRuns {
  /** Number of runs by their last status. */
  readonly ended: Readonly<Record<string, number>>;
  /** The largest number of runs in progress. */
  readonly atOnce: number;
  readonly seconds: number;
  /** Resident memory of the server: before, after a third of the runs, and at the end. */
  readonly residentMiB: readonly number[];
  readonly polls: Polls;
  /** Longest pause of the server's event loop. */
  readonly longestPauseMs: number;
}

const longestPause = join(conformanceFolder, "dist", "dagster", "longest-pause.js");

/** Puts runs of two assets each into Dagster's queue, and lets the real daemon start them. */
async function queueRuns(options: {
  readonly python: string;
  readonly runs: number;
  readonly maxConcurrentRuns: number;
  readonly onProgress?: (ended: number) => void;
}): Promise<QueuedRuns> {
  const { python, runs, maxConcurrentRuns, onProgress } = options;
  const served = await serveRuns({
    python,
    definitions: runKinds(),
    env: { NODE_OPTIONS: `--import=${longestPause}` },
  });
  const dagster = await startDagster({
    python,
    locations: [{ name: "typescript", port: served.port }],
    daemon: true,
    dagsterYaml: `concurrency:\n  runs:\n    max_concurrent_runs: ${maxConcurrentRuns}\n`,
  });
  const polling = pollLocation(python, served.port);
  try {
    const residentMiB = [residentOf(served.pid)];
    await served.longestPause();
    const begun = performance.now();
    const launch = { location: "typescript", assets: [["quick"], ["after_quick"]] };
    let waiting = await launchSeveral(
      dagster,
      Array.from({ length: runs }, () => launch),
    );
    const ended: Record<string, number> = {};
    let atOnce = 0;
    while (waiting.length > 0) {
      await sleep(500);
      const statuses = await Promise.all(waiting.map((runId) => runStatus(dagster, runId)));
      for (const status of statuses.filter((each) => isEnd(each))) ended[status] = (ended[status] ?? 0) + 1;
      waiting = waiting.filter((_runId, index) => !isEnd(statuses[index]));
      atOnce = Math.max(atOnce, statuses.filter((status) => /^START/.test(status)).length);
      if (residentMiB.length === 1 && waiting.length < (runs * 2) / 3)
        residentMiB.push(residentOf(served.pid));
      onProgress?.(runs - waiting.length);
      if (performance.now() - begun > runs * 30_000) throw new Error(`Runs did not end: ${dagster.log()}`);
    }
    residentMiB.push(residentOf(served.pid));
    const seconds = (performance.now() - begun) / 1_000;
    const longestPauseMs = await served.longestPause();
    return { ended, atOnce, seconds, residentMiB, polls: await polling.end(), longestPauseMs };
  } finally {
    polling.kill();
    await dagster.close();
    await served.close();
  }
}

/** In MiB. */
function residentOf(pid: number): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1_024;
}

function pollLocation(
  python: string,
  port: number,
): { readonly end: () => Promise<Polls>; readonly kill: () => void } {
  const program = join(conformanceFolder, "python", "poll_location.py");
  const child = spawn(python, [program, String(port), "100"], { stdio: ["pipe", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (data: Buffer) => {
    out += data.toString();
  });
  return {
    end: async () => {
      child.stdin.end();
      await once(child, "close");
      return JSON.parse(out) as Polls;
    },
    kill: () => void child.kill("SIGKILL"),
  };
}

/** Prints what 50 queued runs did to the server. @returns what is not as expected */
export async function runQueue(
  python: string,
  print: (text: string) => void,
  onProgress: (ended: number) => void,
): Promise<readonly string[]> {
  const runs = Number(process.env["RUNS"] ?? 50);
  const maxConcurrentRuns = 4;
  const result = await queueRuns({ python, runs, maxConcurrentRuns, onProgress });
  const { ended, atOnce, seconds, residentMiB, polls, longestPauseMs } = result;
  const ends = Object.entries(ended).map(([status, count]) => `${count} ${status}`);
  print(
    `\n${runs} runs of two assets, queued at once, at most ${maxConcurrentRuns} in progress, real daemon\n`,
  );
  print("| | |\n|---|---|");
  print(`| ended as | ${ends.join(", ")} |`);
  print(`| in progress at once | ${atOnce} |`);
  print(`| s | ${seconds.toFixed(0)} |`);
  print(
    `| resident MiB of \`serve\` before, after a third, at the end | ${residentMiB.map((each) => each.toFixed(0)).join(", ")} |`,
  );
  print(
    `| ms per poll by Dagster's client, of ${polls.polls}: median, 99 %, longest | ${[polls.medianMs, polls.p99Ms, polls.longestMs].map((each) => each.toFixed(0)).join(", ")} |`,
  );
  print(`| longest pause of the event loop of \`serve\`, ms | ${longestPauseMs} |`);
  const problems: string[] = [];
  if (ended["SUCCESS"] !== runs) problems.push(`queue: ${ends.join(", ")}`);
  if (atOnce > maxConcurrentRuns) problems.push(`queue: ${atOnce} runs in progress`);
  const [, early = 0, late = 0] = residentMiB;
  if (late > early + 20) problems.push(`queue: memory grew from ${early} to ${late} MiB`);
  if (polls.failed > 0 || polls.longestMs > 200) problems.push(`queue: ${JSON.stringify(result)}`);
  return problems;
}
