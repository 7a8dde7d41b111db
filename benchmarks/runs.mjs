// How fast do runs of our code location start and end, compared with a Python location with the same definitions? Runs are launched
// through the real web server, without a queue, and execute their steps in process. Run it with `npm run bench -- runs`.
import { spawn } from "node:child_process";
import { loadavg } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  conformanceFolder,
  pythonEnvironment,
  startDagster,
  withoutQueue,
} from "../conformance/dist/index.js";
import { sides, startSide } from "./runs/serve-side.mjs";
import { medians, ratios, timeRuns } from "./runs/time-runs.mjs";

const runs = Number(process.env.RUNS ?? 5);
const size = Number(process.env.ASSETS ?? 10_000);
/** Starts of each large location; a run of it takes many seconds in Python. */
const starts = Number(process.env.STARTS ?? 2);
const python = await pythonEnvironment("dagster-webserver");
if (python === null) throw new Error("The benchmark needs Python 3.10 or newer.");
const load = () => loadavg()[0].toFixed(1);
const [ours, theirs] = Object.keys(sides);
const host = startHost();

console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, dagster 1.13.27, load average at the start ${load()}`,
);
for (const assets of runs > 0 ? [1, 20] : []) {
  const results = {};
  for (const side of [ours, theirs]) results[side] = await measureRuns(side, assets);
  console.log(`\nA run of ${assets} assets, s from the launch, medians of ${runs} (range)`);
  print(results, ({ fromLaunch }) => fromLaunch);
  console.log("s from RUN_STARTING, before which Dagster works for both in the same way");
  print(results, ({ fromStarting }) => fromStarting);
}
const large = { [ours]: [], [theirs]: [] };
for (let start = 0; start < starts; start++)
  for (const side of [ours, theirs]) large[side].push(await measureLarge(side));
if (starts > 0) {
  console.log(
    `\n${size} executable assets, medians of ${starts} (range); s of a run of one asset from RUN_STARTING`,
  );
  print(large, (figures) => figures);
}
console.log(`Load average at the end: ${load()}`);
host.kill();

function print(measured, figuresOf) {
  const [mine, other] = [ours, theirs].map((side) => measured[side].map(figuresOf));
  console.table({ [ours]: medians(mine), [theirs]: medians(other), ratio: ratios(mine, other) });
}

/** A web server with one location, while `use` runs. */
async function withSide(side, assets, use) {
  const server = await startSide({ python, side, assets, isReady: (port) => ask({ do: "ready", port }) });
  try {
    return await use(server, async () => {
      const locations = [{ name: "measured", port: server.port }];
      return startDagster({ python, locations, dagsterYaml: withoutQueue });
    });
  } finally {
    await server.close();
  }
}

/** The first run is not counted: it may wait for what the server still starts. */
function measureRuns(side, assets) {
  const names = Array.from({ length: assets }, (_, index) => `asset_${index}`);
  return withSide(side, assets, async (_server, open) => {
    const dagster = await open();
    try {
      const timed = await timeRuns(dagster, { location: "measured", assets: names, runs: runs + 1 });
      return timed.slice(1);
    } finally {
      await dagster.close();
    }
  });
}

function measureLarge(side) {
  return withSide(side, size, async (server, open) => {
    const { rpcMs, loadMs } = await ask({ do: "measure", port: server.port });
    const memory = server.memoryMiB();
    const dagster = await open();
    try {
      const asset = `asset_${size / 2}`;
      const [timed] = await timeRuns(dagster, { location: "measured", assets: [asset], runs: 1 });
      return {
        "start s": server.startS,
        "repository call s": rpcMs / 1_000,
        "host load s": loadMs / 1_000,
        MiB: memory,
        "first step s": timed.fromStarting["first step"],
        "SUCCESS s": timed.fromStarting.SUCCESS,
      };
    } finally {
      await dagster.close();
    }
  });
}

/** Dagster's host code, in a Python process. */
function startHost() {
  const program = join(conformanceFolder, "python", "measure_location.py");
  const child = spawn(python, [program], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (question) => {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      return JSON.parse((await lines.next()).value);
    },
    kill: () => child.kill(),
  };
}

function ask(question) {
  return host.ask(question);
}
