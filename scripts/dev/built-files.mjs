import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What is built of each package, as a text that changes with it: the compiler's record of its sources, and the first file of the
 * page, which names the others by their content. A package that is just being written keeps its last text.
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

/** The folders whose text is another one. */
export function changedFolders(before, after) {
  return [...after].filter(([folder, text]) => before.get(folder) !== text).map(([folder]) => folder);
}
