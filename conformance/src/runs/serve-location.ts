import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { conformanceFolder } from "../python/conformance-folder.ts";
import { locationVariables } from "../python-location/location-variables.ts";

/** A running `dagster-sigma serve` that runs what it serves. */
export interface ServedRuns {
  readonly port: number;
  readonly pid: number;
  /** The folder of its definitions and of the sockets of its workers. */
  readonly folder: string;
  /** What it wrote to stderr. */
  readonly err: () => string;
  /** Ends it and its workers. */
  close(): Promise<void>;
}

const bin = join(dirname(conformanceFolder), "packages", "dagster-sigma", "bin", "dagster-sigma.js");
const loadMs = 120_000;

/**
 * Serves a definitions file, and waits until its assets are loaded.
 *
 * @param options.python interpreter of an environment with Dagster
 * @param options.definitions source text of the definitions
 */
export async function serveRuns(options: {
  readonly python: string;
  readonly definitions: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}): Promise<ServedRuns> {
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-served-"));
  const file = join(folder, "definitions.ts");
  writeFileSync(file, options.definitions);
  const args = ["-f", file, "--runs", "worker", "--python", options.python, ...(options.args ?? [])];
  const child = spawn(process.execPath, [bin, "serve", "--port", "0", "--json", ...args], {
    env: {
      ...process.env,
      ...locationVariables({ baseUrl: "", clientId: "", clientSecret: "" }, { folder }),
      TMPDIR: folder,
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  child.stderr.on("data", (data: Buffer) => {
    written += data.toString();
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const deadline = Date.now() + loadMs;
  while (!written.includes("assets loaded")) {
    if (Date.now() > deadline || child.exitCode !== null) {
      child.kill("SIGKILL");
      throw new Error(`The definitions were not loaded: ${written}`);
    }
    await sleep(20);
  }
  return {
    port: (JSON.parse(line) as { readonly port: number }).port,
    pid: child.pid ?? 0,
    folder,
    err: () => written,
    close: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "close");
    },
  };
}
