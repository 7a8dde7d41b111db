// What would be published: every package passes publint, has the version of all others, and packs no surprises.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { root } from "./source-files.mjs";

const { workspaces, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
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
  const { messages } = await publint({ pkgDir: path, strict: true });
  for (const message of messages) report(`${folder}: ${formatMessage(message, manifest)}`);
  const [{ files }] = JSON.parse(
    execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: path,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  );
  for (const file of files) {
    if (/(^|\/)test\/|tsbuildinfo$|\.env$/.test(file.path)) report(`${folder} would publish ${file.path}.`);
  }
}
process.exitCode = problems === 0 ? 0 : 1;
