// Installs the locked dependencies and builds, unless that is already done. Uses only Node's own modules, and syntax
// that an old Node can parse up to the message about the required version.
//
//   node scripts/setup.mjs before `npm start`, `npm test`, `npm run check`
//   node scripts/setup.mjs --installed from `prepare`: npm has just installed, so only build
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, "node_modules", ".setup-stamp");
const compiler = join(root, "node_modules", "typescript", "bin", "tsc");

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`dagster-sigma needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
  process.exitCode = 2;
} else {
  setUp();
}

function setUp() {
  const stamp = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(`\n${process.version} ${process.platform} ${process.arch}`)
    .digest("hex");
  const isInstalled =
    existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp && existsSync(compiler);
  if (!isInstalled && !process.argv.includes("--installed")) {
    console.error("Installing the dependencies of package-lock.json …");
    run(...npmCommand(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
  }
  run(process.execPath, compiler, "-b");
  buildPage(stamp);
  run(process.execPath, join(root, "scripts", "build-python.mjs"));
  writeFileSync(stampFile, stamp);
}

/** Bundles the page again only when one of its sources changed. */
function buildPage(stamp) {
  const folder = join(root, "packages", "web-ui");
  const hash = createHash("sha256").update(stamp);
  for (const part of ["web-ui/src", "web-ui/vite.config.ts", "asset-graph/src", "foundation/src"]) {
    for (const file of filesIn(join(root, "packages", part))) hash.update(file).update(readFileSync(file));
  }
  const pageStamp = hash.digest("hex");
  const pageStampFile = join(root, "node_modules", ".page-stamp");
  const isBuilt =
    existsSync(join(folder, "dist", "page", "index.html")) &&
    existsSync(pageStampFile) &&
    readFileSync(pageStampFile, "utf8") === pageStamp;
  if (isBuilt) return;
  runIn(folder, process.execPath, join(root, "node_modules", "vite", "bin", "vite.js"), "build");
  writeFileSync(pageStampFile, pageStamp);
}

function filesIn(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}

/** The npm that started this script, else the one on the PATH. */
function npmCommand() {
  const started = process.env.npm_execpath;
  return started?.endsWith(".js") ? [process.execPath, started] : ["npm"];
}

/** Prints to stderr: stdout belongs to the command that runs afterwards. */
function run(command, ...args) {
  runIn(root, command, ...args);
}

function runIn(cwd, command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ["ignore", 2, 2] });
  if (status === 0) return;
  console.error(error?.message ?? `${[command, ...args].join(" ")} failed.`);
  process.exit(1);
}
