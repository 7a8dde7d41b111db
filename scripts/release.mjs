// `node scripts/release.mjs`: checks whether the packages can be released, and packs them; with --publish it publishes them, in the order of their
// dependencies, with npm's attestation of their origin. Run it in CI, on the tag of the version.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./source-files.mjs";

const isPublishing = process.argv.includes("--publish");
const read = (file) => readFileSync(join(root, file), "utf8");
const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
const { version, workspaces } = JSON.parse(read("package.json"));
const problems = [];

if (git("status", "--porcelain") !== "") problems.push("The clone has uncommitted changes.");
if (!git("tag", "--points-at", "HEAD").split("\n").includes(`v${version}`))
  problems.push(`The commit has no tag v${version}.`);
if (!new RegExp(`^## ${version.replaceAll(".", "\\.")}\\b`, "m").test(read("CHANGELOG.md")))
  problems.push(`CHANGELOG.md has no section ${version}.`);
for (const folder of workspaces.filter((each) => each.startsWith("packages/"))) {
  const manifest = JSON.parse(read(`${folder}/package.json`));
  if (manifest.version !== version)
    problems.push(`${folder} has version ${manifest.version}, not ${version}.`);
}
for (const problem of problems) console.error(problem);
if (isPublishing && problems.length > 0) process.exit(1);

// The workspaces are listed in the order of their dependencies.
for (const folder of workspaces.filter((each) => each.startsWith("packages/"))) {
  const publish = ["publish", "--access", "public", "--provenance"];
  const args = isPublishing ? publish : ["pack", "--dry-run", "--silent"];
  execFileSync("npm", args, { cwd: join(root, folder), stdio: "inherit" });
}
