import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * For each package, a text that changes whenever its build output changes: the compiler's build info, and the page's
 * entry file, which references the others by content hash. A package that is being written keeps its last text.
 *
 * @param {string} root
 * @param {Map<string, string>} last
 * @returns {Map<string, string>} by folder in `packages/`
 */
export function builtFiles(root, last = new Map()) {
  const built = new Map();
  for (const folder of readdirSync(join(root, "packages"))) {
    const dist = join(root, "packages", folder, "dist");
    try {
      const page = folder === "web-ui" ? readFileSync(join(dist, "page", "index.html"), "utf8") : "";
      built.set(folder, readFileSync(join(dist, ".tsbuildinfo"), "utf8") + page);
    } catch {
      const before = last.get(folder);
      if (before !== undefined) built.set(folder, before);
    }
  }
  return built;
}

/** The folders whose text changed. */
export function changedFolders(before, after) {
  return [...after].filter(([folder, text]) => before.get(folder) !== text).map(([folder]) => folder);
}
