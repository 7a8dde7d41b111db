// `npm run dev`: compiles and bundles on every change, and then restarts the command.
//
//   npm run dev dagster-sigma dev: the page
//   npm run dev -- serve --port 4001 any long-running command, with its options
//
// Without SIGMA_BASE_URL (in the environment or in .env) the command uses the sample organization. States are kept in
// a temporary folder.
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { parseEnv } from "node:util";
import { builtFiles, changedFolders } from "./dev/built-files.mjs";
import { ChildGroup } from "./dev/child-group.mjs";
import { root } from "./source-files.mjs";

/** Polling interval for built files, in ms. A bundle is complete when nothing changed during one interval. */
const lookEveryMs = 400;
const node = process.execPath;
const commandFile = join(root, "packages", "dagster-sigma", "bin", "dagster-sigma.js");
const [command = "dev", ...args] = process.argv.slice(2);
const say = (text) => console.error(`[npm run dev] ${text}`);

const children = new Set();
let sandbox = null;
let running = null;
let isEnding = false;
const stateDir = mkdtempSync(join(tmpdir(), "dagster-sigma-dev-"));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void end(0));

let isCompiling = true;
startCompiler();
if (command === "dev") await bundlePage();
await startCommand();
await restartOnChanges();

function start(commandLine, options = {}) {
  const child = new ChildGroup(commandLine, { cwd: root, ...options });
  children.add(child);
  void child.ended.then(() => children.delete(child));
  return child;
}

/** tsc compiles one package after another; only its own output says when all are done. */
function startCompiler() {
  const compiler = start(
    [node, join(root, "node_modules", "typescript", "bin", "tsc"), "-b", "--watch", "--preserveWatchOutput"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  createInterface({ input: compiler.stdout }).on("line", (line) => {
    if (line.includes("Starting")) isCompiling = true;
    if (line.includes("Watching for file changes")) isCompiling = false;
    if (line !== "") console.error(line);
  });
  void compiler.ended.then(() => end(1));
}

async function end(code) {
  if (isEnding) return;
  isEnding = true;
  await Promise.all([...children].map((child) => child.stop()));
  rmSync(stateDir, { recursive: true, force: true });
  process.exit(code);
}

/** Vite empties the folder first, so wait for the first bundle before anything reads it. */
async function bundlePage() {
  const folder = join(root, "packages", "web-ui");
  const page = join(folder, "dist", "page", "index.html");
  const startedMs = Date.now();
  const bundler = start([node, join(root, "node_modules", "vite", "bin", "vite.js"), "build", "--watch"], {
    cwd: folder,
  });
  while (!isEnding && !bundler.hasEnded) {
    if (existsSync(page) && statSync(page).mtimeMs >= startedMs) return;
    await sleep(100);
  }
}

async function startCommand() {
  const env = await organizationVariables();
  if (isEnding) return;
  const child = start([node, "--enable-source-maps", commandFile, command, ...args], {
    env: { ...process.env, ...env },
  });
  running = child;
  void child.ended.then((code) => {
    if (child === running && !isEnding)
      say(`${command} ended (${code}); it starts again after the next change.`);
  });
}

/** The variables of the sample organization, unless an organization is configured. */
async function organizationVariables() {
  const file = join(root, ".env");
  const dotEnv = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  if (process.env.SIGMA_BASE_URL || dotEnv.SIGMA_BASE_URL) return {};
  if (sandbox === null) {
    const child = start([node, commandFile, "sandbox", "--json"], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await Promise.race([once(child.stdout, "data"), child.ended.then(() => [null])]);
    if (line === null) return {};
    sandbox = { child, ...JSON.parse(line) };
    say(`the sample organization answers at ${sandbox.baseUrl}`);
  }
  return {
    SIGMA_BASE_URL: sandbox.baseUrl,
    SIGMA_CLIENT_ID: sandbox.clientId,
    SIGMA_CLIENT_SECRET: sandbox.clientSecret,
    DAGSTER_SIGMA_STATE_DIR: process.env.DAGSTER_SIGMA_STATE_DIR ?? stateDir,
  };
}

async function restartOnChanges() {
  let started = builtFiles(root);
  let seen = started;
  while (!isEnding) {
    await sleep(lookEveryMs);
    const now = builtFiles(root, seen);
    const isComplete = changedFolders(seen, now).length === 0;
    seen = now;
    const changed = changedFolders(started, now);
    if (isCompiling || !isComplete || changed.length === 0) continue;
    started = now;
    say(`${changed.join(", ")} changed: starting ${command} again.`);
    const last = running;
    running = null;
    await last?.stop();
    if (changed.includes("sigma-sandbox") && sandbox !== null) {
      await sandbox.child.stop();
      sandbox = null;
    }
    await startCommand();
  }
}
