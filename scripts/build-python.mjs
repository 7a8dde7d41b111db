// `npm run build:python` builds the wheel of the Python package dagster-typescript, which the npm package dagster-sigma
// carries, or into the folder that is given. A wheel of pure Python is a zip file with metadata, so that no Python is needed. The same
// sources give the same bytes.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { parse } from "smol-toml";
import { root } from "./source-files.mjs";

const source = join(root, "packages", "dagster-typescript");
const output = process.argv[2] ?? join(root, "packages", "dagster-sigma", "python");
const module = "dagster_typescript";

const { project } = parse(readFileSync(join(source, "pyproject.toml"), "utf8"));
const info = `${module}-${project.version}.dist-info`;

const files = new Map(
  readdirSync(join(source, module), { recursive: true })
    .filter((name) => name.endsWith(".py") || name === "py.typed")
    .sort()
    .map((name) => [`${module}/${name}`, readFileSync(join(source, module, name))]),
);
files.set(
  `${info}/METADATA`,
  strToU8(
    [
      "Metadata-Version: 2.4",
      `Name: ${project.name}`,
      `Version: ${project.version}`,
      `Summary: ${project.description}`,
      `License-Expression: ${project.license}`,
      "License-File: LICENSE",
      `Requires-Python: ${project["requires-python"]}`,
      ...project.dependencies.map((dependency) => `Requires-Dist: ${dependency}`),
      "Description-Content-Type: text/markdown",
      "",
      readFileSync(join(source, project.readme), "utf8"),
    ].join("\n"),
  ),
);
files.set(
  `${info}/WHEEL`,
  strToU8("Wheel-Version: 1.0\nGenerator: dagster-sigma\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
);
files.set(`${info}/entry_points.txt`, strToU8(entryPoints(project["entry-points"] ?? {})));
files.set(`${info}/licenses/LICENSE`, readFileSync(join(root, "LICENSE")));
const records = [...files].map(([name, bytes]) => {
  const digest = createHash("sha256").update(bytes).digest("base64url");
  return `${name},sha256=${digest},${bytes.length}\n`;
});
files.set(`${info}/RECORD`, strToU8(`${records.join("")}${info}/RECORD,,\n`));

// The oldest date that zip files can have.
const options = { level: 9, mtime: new Date(1980, 0, 1) };
rmSync(output, { recursive: true, force: true });
mkdirSync(output);
writeFileSync(
  join(output, `${module}-${project.version}-py3-none-any.whl`),
  zipSync(Object.fromEntries([...files].map(([name, bytes]) => [name, [new Uint8Array(bytes), options]]))),
);

/** Entry points by group, which other Python packages look up. */
function entryPoints(groups) {
  return Object.entries(groups)
    .map(([group, entries]) => {
      const lines = Object.entries(entries).map(([name, value]) => `${name} = ${value}\n`);
      return `[${group}]\n${lines.join("")}`;
    })
    .join("\n");
}
