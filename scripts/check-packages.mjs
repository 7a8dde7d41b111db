// Checks the packages as they would be published: they have one version and pinned dependencies, publint and
// are-the-types-wrong accept them, and they contain no unwanted files.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { packWorkspaces } from "./packaging/pack-workspaces.mjs";
import { typeProblems } from "./packaging/type-problems.mjs";
import { root } from "./source-files.mjs";

const { workspaces, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const packed = packWorkspaces(root);
let problems = 0;
const report = (text) => {
  problems++;
  console.error(text);
};

for (const folder of workspaces) {
  const path = join(root, folder);
  const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  if (manifest.version !== version)
    report(`${folder} has version ${manifest.version}, the workspace ${version}.`);
  for (const [name, range] of Object.entries({
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
  })) {
    if (/[\^~*><x]/.test(range)) report(`${folder}: ${name} is not pinned (${range}).`);
  }
  if (manifest.private) continue;
  const { files, tarball } = packed.get(manifest.name);
  const { messages } = await publint({ strict: true, pack: { tarball: tarball.buffer } });
  for (const message of messages) report(`${folder}: ${formatMessage(message, manifest)}`);
  for (const problem of await typeProblems(tarball)) report(`${folder}: ${problem}`);
  for (const file of files) {
    if (/(^|\/)test\/|tsbuildinfo$|\.env$/.test(file.path)) report(`${folder} would publish ${file.path}.`);
  }
}
process.exitCode = problems === 0 ? 0 : 1;
