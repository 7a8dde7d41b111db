import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Cache folder for the Python environments and other inputs of the comparisons; set by `DAGSTER_SIGMA_TEST_CACHE`.
 */
export function cacheFolder(): string {
  const folder =
    process.env["DAGSTER_SIGMA_TEST_CACHE"] ??
    join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "dagster-sigma-tests");
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A hash of sixteen digits over the content of the files. */
export function hashOfFiles(...files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file)).update("\0");
  return hash.digest("hex").slice(0, 16);
}
