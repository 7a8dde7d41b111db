import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { locationVariables } from "../python-location/location-variables.ts";
import { type Served, startServing } from "../serving/start-serving.ts";

/** A running `dagster-sigma serve` that runs what it serves. */
export interface ServedRuns extends Served {
  /** The folder of its definitions and of the sockets of its workers. */
  readonly folder: string;
  /** Ends it and its workers. */
  close(): Promise<void>;
}

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
  const served = await startServing(args, {
    ...locationVariables({ baseUrl: "", clientId: "", clientSecret: "" }, { folder }),
    TMPDIR: folder,
    ...options.env,
  });
  await served.errWith("assets loaded", 1, loadMs);
  return { ...served, folder, close: async () => void (await served.stop("SIGTERM")) };
}
