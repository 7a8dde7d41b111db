// What does it take to materialize the 500 scheduled sheets of an organization, compared with the Python library on the same sandbox?
// Counts requests, threads, memory, and the sheets in progress. Materializations take 1 to 30 s, the same for every run; all times are
// divided by SCALE. Run it with `npm run bench -- materialize`; the environment variables SCALE (default: 40), WORKBOOKS (20) and
// SHEETS (25 per workbook) change the size.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { buildScheduledCompany, pythonEnvironment } from "../conformance/dist/index.js";
import { planMaterialization, runMaterializations } from "../packages/sigma-assets/dist/index.js";
import { SigmaClient } from "../packages/sigma-client/dist/index.js";
import { startSandbox } from "../packages/sigma-sandbox/dist/index.js";

const scale = Number(process.env.SCALE ?? 40);
const workbooks = Number(process.env.WORKBOOKS ?? 20);
const sheets = Number(process.env.SHEETS ?? 25);
const script = fileURLToPath(import.meta.url);
const pythonScript = fileURLToPath(
  new URL("../conformance/python/measure_materializations.py", import.meta.url),
);
/** Delay of each response; 120 ms when not divided by the default scale. */
const callMs = 3;
const sampleMs = 50;

const [role, argument] = process.argv.slice(2);
if (role === "serve") await serve();
else if (role === "ours") await materialize(Number(argument));
else await compare();

async function compare() {
  const python = await pythonEnvironment("dagster-sigma");
  const ours = (concurrency) => [process.execPath, "--expose-gc", script, "ours", String(concurrency)];
  const ways = {
    "this project, at most 4 in progress": ours(4),
    "this project, at most 16 in progress": ours(16),
    ...(python === null
      ? {}
      : {
          "Python, one workbook after the other": [python, pythonScript, "1"],
          "Python, one thread per workbook": [python, pythonScript, String(workbooks)],
        }),
  };
  const rows = [];
  for (const [way, [command, ...args]] of Object.entries(ways)) {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${way}`);
    rows.push(rowOf(way, await measure(command, args)));
  }
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  console.log(
    `Node ${process.versions.node}, ${workbooks} workbooks with ${sheets} scheduled sheets each, times divided by ${scale}`,
  );
  console.table(rows);
}

/** Runs a program, and asks the sandbox and the system what it did. */
async function measure(command, args) {
  const sandbox = start(process.execPath, [script, "serve"], {});
  const served = await sandbox.next();
  const child = start(command, args, { SERVED: JSON.stringify(served), SCALE: String(scale) });
  await child.next();
  sandbox.tell("reset");
  await sandbox.next();
  const samples = [statusOf(child.pid)];
  const startedMs = performance.now();
  child.tell("go");
  const timer = setInterval(() => samples.push(statusOf(child.pid)), sampleMs);
  const { finished, heapMiB = null } = await child.next();
  clearInterval(timer);
  const seconds = ((performance.now() - startedMs) * scale) / 1_000;
  sandbox.tell("report");
  const report = await sandbox.next();
  await Promise.all([child.close(), sandbox.close()]);
  return { finished, heapMiB, seconds, report, samples };
}

function rowOf(way, { finished, heapMiB, seconds, report, samples }) {
  const { started, requests, schedules, requestsAtOnce } = report;
  const perSheet = started
    .map(({ statusRequests }) => 1 + statusRequests + schedules / started.length)
    .sort((a, b) => a - b);
  const fifth = Math.floor(samples.length / 5);
  const meanMiB = (part) => part.reduce((sum, { rssMiB }) => sum + rssMiB, 0) / Math.max(1, part.length);
  const growth = meanMiB(samples.slice(-fifth)) - meanMiB(samples.slice(fifth, 2 * fifth));
  return {
    way,
    "ready, of started": `${finished} of ${started.length}`,
    "in progress": mostAtOnce(started),
    "requests at once": requestsAtOnce,
    requests,
    "requests per sheet, median (max.)": `${perSheet[Math.floor(perSheet.length / 2)]?.toFixed(1)} (${perSheet.at(-1)?.toFixed(1)})`,
    "unscaled s": Math.round(seconds),
    threads: Math.max(...samples.map(({ threads }) => threads)),
    "MiB before, peak": `${samples[0].rssMiB.toFixed(0)}, ${Math.max(...samples.map(({ rssMiB }) => rssMiB)).toFixed(0)}`,
    "MiB growth": growth.toFixed(1),
    "live heap, MiB": heapMiB === null ? "" : heapMiB.map((mib) => mib.toFixed(1)).join(", "),
  };
}

/** Maximum number of materializations that Sigma has in progress. */
function mostAtOnce(started) {
  const changes = started.flatMap(({ startedMs, endMs }) => [
    { at: startedMs, by: 1 },
    { at: endMs, by: -1 },
  ]);
  let now = 0;
  let most = 0;
  for (const { by } of changes.sort((a, b) => a.at - b.at || a.by - b.by)) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}

/** Resident memory and threads of a process, from Linux's /proc; zero elsewhere. */
function statusOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/status`, "utf8");
    const number = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0);
    return { rssMiB: number("VmRSS") / 1_024, threads: number("Threads") };
  } catch {
    return { rssMiB: 0, threads: 0 };
  }
}

/** A program that answers each line with a line of JSON. */
function start(command, args, env) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => child.once("close", resolve));
  return {
    pid: child.pid,
    next: async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${command} ${args.join(" ")} ended.`);
      return JSON.parse(value);
    },
    tell: (line) => child.stdin.write(`${line}\n`),
    close: () => {
      child.stdin.end();
      return ended;
    },
  };
}

async function serve() {
  const organization = buildScheduledCompany({ workbooks: Array.from({ length: workbooks }, () => sheets) });
  const sandbox = await startSandbox({ organization, delayMs: callMs });
  const { baseUrl, clientId, clientSecret, materializations, log } = sandbox;
  const durations = new Map(
    organization.workbooks.flatMap(({ content }) =>
      content.schedules.map(({ element: { sheetId } }) => [sheetId, durationMs(sheetId)]),
    ),
  );
  say({ baseUrl, clientId, clientSecret, workbookIds: organization.workbooks.map(({ id }) => id) });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === "reset") {
      materializations.clear();
      log.clear();
      for (const [sheetId, ms] of durations) materializations.addRule({ sheetId, durationMs: ms });
      say({});
    } else {
      const counts = Object.entries(log.counts).filter(([route]) => !route.endsWith("/auth/token"));
      const count = (isCounted) =>
        counts.reduce((sum, [route, number]) => sum + (isCounted(route) ? number : 0), 0);
      say({
        requests: count(() => true),
        schedules: count((route) => route.endsWith("/materialization-schedules")),
        requestsAtOnce: log.maxInFlight,
        started: materializations.started.map(({ sheetId, startedMs, statusRequests }) => ({
          startedMs,
          endMs: startedMs + durations.get(sheetId),
          statusRequests,
        })),
      });
    }
  }
  await sandbox.close();
}

/** From 1 to 30 s, divided by the scale; the same for a sheet in every run. */
function durationMs(sheetId) {
  const share = createHash("sha256").update(sheetId).digest().readUInt32BE(0) / 2 ** 32;
  return (1_000 + share * 29_000) / scale;
}

/** As a program that uses the library. */
async function materialize(concurrency) {
  const { workbookIds, ...served } = JSON.parse(process.env.SERVED);
  const client = new SigmaClient(served);
  await client.whoami();
  await nextLineAfter({});
  const plans = await Promise.all(
    workbookIds.map((id) => planMaterialization(client, { type: "workbook", id })),
  );
  let ended = 0;
  const heapMiB = [];
  const measureHeap = () => {
    gc();
    heapMiB.push(process.memoryUsage().heapUsed / 2 ** 20);
  };
  const results = await runMaterializations(client, plans, {
    concurrency,
    // After a fifth of the sheets.
    onProgress: ({ step }) => {
      if (step === "ended" && ++ended === Math.ceil((workbooks * sheets) / 5)) measureHeap();
    },
    firstPollMs: 2_000 / scale,
    maxPollMs: 60_000 / scale,
  });
  const ready = results.flatMap((result) => result.sheets.filter(({ outcome }) => outcome === "ready"));

  measureHeap();
  say({ finished: ready.length, heapMiB });
  await client.close();
}

async function nextLineAfter(message) {
  const lines = createInterface({ input: process.stdin });
  say(message);
  await new Promise((resolve) => lines.once("line", resolve));
  lines.close();
}

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
