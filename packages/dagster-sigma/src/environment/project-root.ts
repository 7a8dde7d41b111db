import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

const markers = ["dg.toml", "pyproject.toml", "package.json"] as const;

/**
 * The folder of the project that a file or folder belongs to: the nearest one with `dg.toml`, `pyproject.toml` or `package.json`. Without one, the folder
 * itself, or that of the file.
 *
 * @param path absolute
 */
export function projectRootOf(path: string): string {
  const start = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path);
  for (let folder = start; ; folder = dirname(folder)) {
    if (markers.some((marker) => existsSync(join(folder, marker)))) return folder;
    if (dirname(folder) === folder) return start;
  }
}
