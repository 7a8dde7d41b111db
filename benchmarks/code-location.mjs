// How fast does a code location start, answer, load and reload, compared with Dagster's own servers with equal specs?
// Everything is measured with Dagster's own client and host code. Run it with `npm run bench -- code-location`.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { pythonEnvironment } from "../conformance/dist/index.js";
import { generateOrganization, startSandbox } from "../packages/sigma-sandbox/dist/index.js";

const sizes = (process.env.SIZES ?? "1000,10000,50000").split(",").map(Number);
const runs = Number(process.env.RUNS ?? 3);
/** A larger organization would take an hour to load first. */
const mostWorkbooks = 10_000;
const root = fileURLToPath(new URL("..", import.meta.url));
const specLocation = join(root, "conformance", "python", "spec_location.py");
const longestPause = pathToFileURL(join(root, "conformance", "dist", "dagster", "longest-pause.js")).href;
const bin = join(root, "packages", "dagster-sigma", "bin", "dagster-sigma.js");

const python = await pythonEnvironment("dagster-webserver");
if (python === null) throw new Error("The judge needs Python 3.10 or newer.");
const host = startLines(python, [join(root, "conformance", "python", "measure_location.py")]);

const servers = {
  "ours: dagster-sigma serve": ({ definitions, port }) => [
    process.execPath,
    [bin, "serve", "-f", definitions, "--port", String(port)],
  ],
  "dagster api grpc": ({ port }) => [
    join(dirname(python), "dagster"),
    ["api", "grpc", "-f", specLocation, "-p", String(port), "-h", "127.0.0.1"],
  ],
  "dagster code-server start": ({ port }) => [
    join(dirname(python), "dagster"),
    ["code-server", "start", "-f", specLocation, "-p", String(port), "-h", "127.0.0.1"],
  ],
};

console.log(
  `Node ${process.versions.node}, dagster 1.13.27, medians of ${runs}; each asset with two dependencies, three pieces of metadata, an owner and two kinds`,
);
for (const size of sizes) {
  const files = writeSpecs(size);
  const rows = {};
  for (const [name, command] of Object.entries(servers)) {
    const results = [];
    for (let run = 0; run < runs; run++) results.push(await measure(command, files));
    rows[name] = median(results);
  }
  const theirs = rows["dagster code-server start"];
  console.log(`\n${size} assets`);
  console.table(
    Object.fromEntries(
      Object.entries(rows).map(([name, row]) => [
        name,
        Object.fromEntries(
          Object.entries(row).map(([field, value]) => [
            field,
            theirs[field] === undefined
              ? rounded(value)
              : `${rounded(value)} (${(value / theirs[field]).toFixed(2)})`,
          ]),
        ),
      ]),
    ),
  );
}
for (const workbooks of sizes.filter((size) => size <= mostWorkbooks)) {
  const env = await keepState(workbooks);
  const results = [];
  for (let run = 0; run < runs; run++)
    results.push(
      await measure(({ port }) => [process.execPath, [bin, "serve", "--port", String(port)]], env),
    );
  console.log(`\n${workbooks} workbooks of Sigma, served from their kept state`);
  console.table({
    "ours: dagster-sigma serve": Object.fromEntries(
      Object.entries(median(results)).map(([field, value]) => [field, rounded(value)]),
    ),
  });
}
host.close();

/** Environment variables with which the state of a generated organization is found. */
async function keepState(workbooks) {
  const home = mkdtempSync(join(tmpdir(), "dagster-sigma-benchmark-"));
  const workbookSize = { elements: 8, columnsPerElement: 7 };
  const sandbox = await startSandbox({
    organization: generateOrganization({ workbooks, seed: 1, workbookSize }),
  });
  const env = {
    SIGMA_BASE_URL: sandbox.baseUrl,
    SIGMA_CLIENT_ID: sandbox.clientId,
    SIGMA_CLIENT_SECRET: sandbox.clientSecret,
    DAGSTER_SIGMA_STATE_DIR: join(home, "state"),
  };
  const child = spawn(process.execPath, [bin, "refresh"], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await new Promise((resolve) => child.once("close", resolve));
  await sandbox.close();
  return { home, env };
}

function rounded(value) {
  return value < 10 ? value.toFixed(2) : String(Math.round(value));
}

/** Measures one start of a server, until it is stopped. */
async function measure(command, files) {
  const port = await freePort();
  const [program, args] = command({ ...files, port });
  const startedMs = performance.now();
  const child = spawn(program, args, {
    env: {
      ...process.env,
      SPECS: files.specs,
      DAGSTER_HOME: files.home,
      DAGSTER_DISABLE_TELEMETRY: "yes",
      DAGSTER_GRPC_MAX_SEND_BYTES: "1000000000",
      ...(program === process.execPath ? { NODE_OPTIONS: `--import ${longestPause}` } : {}),
      ...files.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written = { out: "", err: "" };
  child.stdout.on("data", (data) => {
    // From now on calls may arrive, and must not be delayed.
    if (written.out === "" && program === process.execPath) child.kill("SIGUSR2");
    written.out += data;
  });
  child.stderr.on("data", (data) => {
    written.err = `${written.err}${data}`.slice(-10_000);
  });
  try {
    await host.ask({ port, do: "ready" });
    const startS = (performance.now() - startedMs) / 1_000;
    const { rpcMs, loadMs, bytes } = await host.ask({ port, do: "measure" });
    const { reloadMs } = await host.ask({ port, do: "reload" });
    const pause = program === process.execPath ? await pauseOf(child, () => written.err) : {};
    return {
      ...pause,
      "start s": startS,
      "repository ms": rpcMs,
      "host load s": loadMs / 1_000,
      "reload s": reloadMs / 1_000,
      "resident MiB": residentMiB(child.pid),
      MB: bytes / 1e6,
    };
  } finally {
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGTERM");
    const force = setTimeout(() => killTree(child.pid), 3_000);
    await ended;
    clearTimeout(force);
  }
}

/** Longest delay of a call by other work of the server, in ms. */
async function pauseOf(child, written) {
  const told = () => [...written().matchAll(/longest pause (\d+)/g)];
  const before = told().length;
  child.kill("SIGUSR2");
  while (told().length === before) await new Promise((resolve) => setTimeout(resolve, 10));
  return { "pause ms": Number(told().at(-1)[1]) };
}

/** Writes equal specs as a file for Python and as a definitions file for Node. */
function writeSpecs(size) {
  const home = mkdtempSync(join(tmpdir(), "dagster-sigma-benchmark-"));
  const specs = join(home, "specs.json");
  const entries = Array.from({ length: size }, (_, index) => ({
    key: ["folder", `asset_${index}`],
    deps: [index - 1, index - 10]
      .filter((other) => other >= 0)
      .map((other) => ({ key: ["folder", `asset_${other}`], metadata: {} })),
    description: `The asset with the number ${index}, as a user described it.`,
    kinds: ["sigma", "workbook"],
    tags: {},
    owners: ["someone@example.com"],
    group: null,
    codeVersion: null,
    metadata: {
      name: { type: "text", value: `Asset ${index}` },
      version: { type: "int", value: index },
      url: { type: "url", value: `https://example.com/${index}` },
    },
  }));
  writeFileSync(specs, JSON.stringify(entries));
  const definitions = join(home, "definitions.ts");
  writeFileSync(
    definitions,
    `import { readFileSync } from "node:fs";
import { AssetSpec, Definitions, MetadataValue } from "dagster-sigma";
const entries = JSON.parse(readFileSync(${JSON.stringify(specs)}, "utf8"));
export default new Definitions({
  assets: entries.map(
    ({ key, deps, description, kinds, owners, metadata }) =>
      new AssetSpec({
        key, description, kinds, owners,
        deps: deps.map((dep) => dep.key),
        metadata: { name: metadata.name.value, version: metadata.version.value, url: MetadataValue.url(metadata.url.value) },
      }),
  ),
});
`,
  );
  return { home, specs, definitions };
}

/** Resident memory of a process and its descendants, in MiB. */
function residentMiB(pid) {
  const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1_024;
  return childrenOf(pid).reduce((sum, child) => sum + residentMiB(child), own);
}

function childrenOf(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" ").filter(Boolean),
  );
}

function killTree(pid) {
  for (const child of childrenOf(pid)) killTree(child);
  process.kill(Number(pid), "SIGKILL");
}

function median(results) {
  const middle = (field) =>
    results.map((result) => result[field]).sort((a, b) => a - b)[Math.floor(results.length / 2)];
  return Object.fromEntries(Object.keys(results[0]).map((field) => [field, middle(field)]));
}

function startLines(command, args) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = [];
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(JSON.parse(line)));
  return {
    ask: (question) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        child.stdin.write(`${JSON.stringify(question)}\n`);
      }),
    close: () => child.stdin.end(),
  };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
