// `npm run api` writes docs/api/: the public API of each package, so that changes to it show in review. With --check
// it writes nothing, and fails when a file differs.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { apiReport } from "./api/api-report.mjs";
import { undocumentedNames } from "./api/undocumented.mjs";
import { root } from "./source-files.mjs";

const folder = join(root, "docs", "api");
const { workspaces } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const reports = new Map();
for (const workspace of workspaces.filter((path) => path.startsWith("packages/")))
  reports.set(`${workspace.slice("packages/".length)}.api.md`, apiReport(join(root, workspace)));

mkdirSync(folder, { recursive: true });
const problems = [];
for (const [file, text] of reports) {
  const path = join(folder, file);
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  problems.push(
    `docs/api/${file} differs from the public declarations: run npm run api, and review the difference.`,
  );
  if (!process.argv.includes("--check")) writeFileSync(path, text);
}
for (const file of readdirSync(folder).filter((name) => !reports.has(name))) {
  problems.push(`docs/api/${file} belongs to no package: run npm run api.`);
  if (!process.argv.includes("--check")) rmSync(join(folder, file));
}
for (const workspace of workspaces.filter((path) => path.startsWith("packages/"))) {
  for (const name of undocumentedNames(join(root, workspace)))
    problems.push(`${workspace} exports ${name} without a doc comment.`);
}
if (process.argv.includes("--check")) {
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
