import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Packs all workspaces as npm would publish them, in a single call.
 *
 * @param {string} root
 * @returns {Map<string, { files: { path: string }[], tarball: Uint8Array }>} by npm name
 */
export function packWorkspaces(root) {
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-pack-"));
  try {
    const output = execFileSync(
      "npm",
      ["pack", "--workspaces", "--json", "--ignore-scripts", "--pack-destination", folder],
      { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 100_000_000 },
    );
    return new Map(
      JSON.parse(output).map(({ name, filename, files }) => [
        name,
        { files, tarball: new Uint8Array(readFileSync(join(folder, filename))) },
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
