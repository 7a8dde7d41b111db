// The hand-written files of the repository, as git knows them: tracked, or new and not ignored.
import { execFileSync } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Paths relative to the root with forward slashes, sorted, filtered by suffix. */
export function sourceFiles(...endings) {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const deleted = new Set(
    execFileSync("git", ["ls-files", "--deleted"], { cwd: root, encoding: "utf8" }).split("\n"),
  );
  return listed
    .split("\n")
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && !deleted.has(path))
    .sort();
}
