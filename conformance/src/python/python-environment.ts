import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { conformanceFolder } from "./conformance-folder.ts";
import { cacheFolder, hashOfFiles } from "./test-cache.ts";

/** The environments; each has a complete lock file in `environments/`. */
export type PythonEnvironmentName =
  | "dagster-sigma"
  | "dagster-webserver"
  | "dagster-webserver-1.11.16"
  | "dagster-webserver-1.9.13"
  | "dagster-dbt"
  | "dagster-dg"
  | "dagster-postgres"
  | "dagster-postgres-1.11.16"
  | "dagster-postgres-1.9.13"
  | "postgres"
  | "datahub"
  | "castor"
  | "openlineage";

const oldestPython = "3.10";

/** Interpreters to try, in this order. */
const interpreters = ["python3.13", "python3.12", "python3.11", "python3.10", "python3", "python"];

/** Maximum duration of an installation, in ms; afterwards another process assumes that it died. */
const maxInstallMs = 10 * 60_000;

/**
 * A Python interpreter with the packages of a lock file. Created on first use, and cached in the user's cache folder
 * under the hash of lock file and interpreter, so that a changed lock file creates a new one. Null without Python
 * 3.10 or newer.
 *
 * @returns the path of the interpreter
 * @throws Error if the packages cannot be installed
 */
export async function pythonEnvironment(name: PythonEnvironmentName): Promise<string | null> {
  const base = findPython();
  if (base === null) return null;
  const lockFile = join(conformanceFolder, "environments", `${name}.txt`);
  const folder = join(cacheFolder(), `${name}-${hashOfFiles(lockFile)}-${base.version}`);
  const python = join(folder, "bin", "python");
  const stamp = join(folder, ".complete");
  if (existsSync(stamp)) return python;
  await withLock(`${folder}.lock`, () => {
    if (existsSync(stamp)) return;
    rmSync(folder, { recursive: true, force: true });
    run(base.command, "-m", "venv", folder);
    run(
      python,
      "-m",
      "pip",
      "install",
      "-q",
      "--disable-pip-version-check",
      "--no-deps",
      "--require-hashes",
      "-r",
      lockFile,
    );
    writeFileSync(stamp, "");
  });
  return python;
}

function findPython(): { readonly command: string; readonly version: string } | null {
  for (const command of interpreters) {
    const { status, stdout } = spawnSync(
      command,
      ["-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"],
      { encoding: "utf8" },
    );
    const version = status === 0 ? stdout.trim() : "";
    if (isNewEnough(version)) return { command, version };
  }
  return null;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestPython.split(".").map(Number);
  return major === oldestMajor && minor >= oldestMinor;
}

/** Several test files may need the same environment at once: one creates it, the others wait. */
async function withLock(lock: string, make: () => void): Promise<void> {
  while (!tryLock(lock)) {
    if (ageMs(lock) > maxInstallMs) rmSync(lock, { recursive: true, force: true });
    await sleep(200);
  }
  try {
    make();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function tryLock(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw thrown;
  }
}

function ageMs(lock: string): number {
  try {
    return Date.now() - statSync(lock).mtimeMs;
  } catch {
    return 0;
  }
}

function run(command: string, ...args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status === 0) return;
  throw new Error(`${command} ${args.join(" ")} failed: ${error?.message ?? `${stdout}${stderr}`}`);
}
