import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const instrumenter = "@stryker-mutator/instrumenter@9.6.1";

/**
 * A clone of the last commit, with Stryker's instrumenter installed.
 *
 * @param {string} root
 * @param {string | undefined} folder where to keep the clone for the next scope; without it, the clone is removed at the end
 */
export function prepareClone(root, folder) {
  const clone =
    folder === undefined ? mkdtempSync(join(tmpdir(), "dagster-sigma-mutation-")) : resolve(folder);
  if (folder === undefined) process.once("exit", () => rmSync(clone, { recursive: true, force: true }));
  if (!existsSync(join(clone, ".git"))) git("clone", "--quiet", "--no-checkout", root, clone);
  git("-C", clone, "fetch", "--quiet", root, "HEAD");
  git("-C", clone, "checkout", "--quiet", "--force", "--detach", "FETCH_HEAD");
  git("-C", clone, "clean", "--quiet", "-fd");
  install(clone);
  return clone;
}

function install(clone) {
  const wanted = `${instrumenter}\n${readFileSync(join(clone, "package-lock.json"), "utf8")}`;
  const installed = join(clone, "node_modules", ".mutation-tests");
  if (existsSync(installed) && readFileSync(installed, "utf8") === wanted) return;
  npm(clone, "ci");
  npm(clone, "install", "--no-save", instrumenter);
  writeFileSync(installed, wanted);
}

function git(...args) {
  execFileSync("git", args);
}

function npm(clone, ...args) {
  execFileSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel", "error", "--prefix", clone], {
    cwd: clone,
    stdio: ["ignore", "ignore", "inherit"],
  });
}
