import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export const root: string = join(import.meta.dirname, "..", "..");

/** A clone of the repository including uncommitted changes, with nothing installed or built. */
export function cloneHere(): string {
  const clone = mkdtempSync(join(tmpdir(), "dagster-sigma-clone-"));
  onTestFinished(() => rmSync(clone, { recursive: true, force: true }));
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of listed.split("\n").filter((name) => name !== "" && existsSync(join(root, name)))) {
    cpSync(join(root, file), join(clone, file));
  }
  const git = (...args: readonly string[]): void => {
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.io", ...args], { cwd: clone });
  };
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "all");
  return clone;
}
