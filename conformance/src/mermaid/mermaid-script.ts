import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../python/test-cache.ts";

const version = "11.12.1";

/** Marks tests that are skipped without Mermaid; used to count them. */
export const needsMermaid = "[needs Mermaid]";

/**
 * The script of Mermaid for browsers, from its npm package, kept in the user's cache folder. It is no dependency of the project: only one test needs
 * it, and it would install a hundred packages.
 *
 * @returns the path of the script; null if npm cannot get it, except in CI
 * @throws Error in CI if npm cannot get it
 */
export function mermaidScript(): string | null {
  const folder = join(cacheFolder(), `mermaid-${version}`);
  const script = join(folder, "package", "dist", "mermaid.min.js");
  if (existsSync(script)) return script;
  mkdirSync(cacheFolder(), { recursive: true });
  const work = mkdtempSync(join(cacheFolder(), "mermaid-"));
  const pack = spawnSync("npm", ["pack", `mermaid@${version}`, "--silent"], { cwd: work, encoding: "utf8" });
  const unpacked = spawnSync("tar", ["-xzf", `mermaid-${version}.tgz`, "package/dist/mermaid.min.js"], {
    cwd: work,
  });
  if (unpacked.status === 0) {
    // Another process may have been first.
    if (!existsSync(folder)) renameSync(work, folder);
    return script;
  }
  if (process.env["CI"]) throw new Error(`npm cannot get mermaid ${version}: ${pack.stderr}`);
  return null;
}
