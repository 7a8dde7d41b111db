// Imports go one way only. The table of packages in ARCHITECTURE.md says who may import whom; this holds the real
// imports against it, and looks for what the compiler lets pass: undeclared dependencies, deep imports, and impure
// code on the pure side.
import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, normalize } from "node:path";
import { root, sourceFiles } from "./source-files.mjs";

const problems = [];
const packages = readTable();
for (const file of sourceFiles(".ts", ".tsx")) checkFile(file);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Rows of the table: folder, npm name, what it may import. */
function readTable() {
  const text = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
  const rows = [...text.matchAll(/^\| `([\w-]+)` \| `([@\w/-]+)` \|.*\| ([^|]+) \|$/gm)];
  const byFolder = new Map(rows.map(([, folder, name, mayImport]) => [folder, { folder, name, mayImport }]));
  for (const entry of byFolder.values()) {
    const words = entry.mayImport.split(",").map((word) => word.trim());
    const all = [...byFolder.keys()].filter((folder) => folder !== entry.folder);
    entry.mayImport = words.includes("all") ? all : words.filter((word) => byFolder.has(word));
    const manifest = JSON.parse(readFileSync(join(root, "packages", entry.folder, "package.json"), "utf8"));
    if (manifest.name !== entry.name)
      problems.push(`ARCHITECTURE.md calls packages/${entry.folder} ${entry.name}.`);
    entry.declared = new Set(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }));
    entry.bundled = new Set(Object.keys(manifest.devDependencies ?? {}));
    entry.entries = new Set(Object.keys(manifest.exports ?? {}).map((path) => join(entry.name, path)));
  }
  for (const path of sourceFiles("package.json")) {
    const folder = /^packages\/([\w-]+)\/package\.json$/.exec(path)?.[1];
    if (folder !== undefined && !byFolder.has(folder))
      problems.push(`ARCHITECTURE.md has no row for ${folder}.`);
  }
  return byFolder;
}

function checkFile(file) {
  const [, folder, part] = /^packages\/([\w-]+)\/(src|test)\//.exec(file) ?? [];
  const owner = packages.get(folder);
  if (owner === undefined) return;
  const text = readFileSync(join(root, file), "utf8");
  if (part !== "src") return;
  for (const { specifier, isTypeOnly } of importsOf(text)) {
    if (specifier.startsWith(".")) checkRelative(file, owner, specifier, isTypeOnly);
    else checkPackage(file, owner, specifier);
  }
  if (isPure(file)) checkPure(file, text);
}

/** `import … from "x"`, `export … from "x"`, `import("x")`; comments are left out. */
function importsOf(text) {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const statements = [...code.matchAll(/\b(?:import|export)\s+(type\s+)?[^"';]*?\bfrom\s*"([^"]+)"/g)];
  const others = [...code.matchAll(/\bimport\s*\(?\s*"([^"]+)"/g)];
  return [
    ...statements.map(([, type, specifier]) => ({ specifier, isTypeOnly: type !== undefined })),
    ...others.map(([, specifier]) => ({ specifier, isTypeOnly: false })),
  ];
}

function checkRelative(file, owner, specifier, isTypeOnly) {
  const target = normalize(join(dirname(file), specifier)).replaceAll("\\", "/");
  if (!existsSync(join(root, target))) problems.push(`${file}: ${specifier} is no file.`);
  if (!target.startsWith(`packages/${owner.folder}/src/`))
    problems.push(`${file} reaches out of its package: ${specifier}`);
  if (isPure(file) && !isTypeOnly && !isPure(target))
    problems.push(`${file} is pure and imports ${target}, which is not.`);
}

function checkPackage(file, owner, specifier) {
  const name = specifier.startsWith("@")
    ? specifier.split("/").slice(0, 2).join("/")
    : specifier.split("/")[0];
  if (isBuiltin(specifier)) {
    if (!specifier.startsWith("node:")) problems.push(`${file}: write node:${specifier}.`);
    return;
  }
  const target = [...packages.values()].find((entry) => entry.name === name);
  // The page is bundled: what it is made of is not installed with the package.
  const isBundled = isBundledFile(file) && owner.bundled.has(name);
  if (!isBundled && !owner.declared.has(name))
    problems.push(`${file} imports ${name}, which its package.json does not declare.`);
  if (target === undefined) return;
  // Runs in a browser: the whole entry would bring in everything.
  if (isBundledFile(file) && specifier === "@dagster-sigma/asset-graph")
    problems.push(`${file} is part of the page and imports all of ${specifier}.`);
  if (!target.entries.has(specifier))
    problems.push(`${file} imports ${specifier}: only the entries that a package exports are public.`);
  if (!owner.mayImport.includes(target.folder))
    problems.push(`${file}: ${owner.folder} may not import ${target.folder}.`);
}

function isBundledFile(file) {
  return file.startsWith("packages/web-ui/src/page/");
}

/**
 * What lies right of the state: no network, no clock, nothing of Node, nothing asynchronous. `env-var.ts` alone reads
 * the environment, and only when it is asked for a value.
 */
function isPure(file) {
  return (
    file.startsWith("packages/asset-graph/src/") ||
    /^packages\/sigma-assets\/src\/(derive|state|filter)\//.test(file) ||
    /^packages\/sql-lineage\/src\/(columns|dialects|tables)\//.test(file) ||
    /^packages\/web-ui\/src\/(model|layout)\//.test(file) ||
    /^packages\/sigma-assets\/src\/errors\.ts$/.test(file)
  );
}

function checkPure(file, text) {
  const code = text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\/\/.*$/gm, "")
    .replace(/import type [^;]*;/g, "");
  const withoutTexts = code.replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
  const host = file.endsWith("/env-var.ts")
    ? /\b(fetch|setTimeout)\s*[.(]/
    : /\b(fetch|setTimeout|performance|process)\s*[.(]/;
  const forbidden = [
    [/from "node:/.test(code), "a module of Node"],
    [/from "@dagster-sigma\/sigma-client"/.test(code), "values of the client"],
    [/from "@dagster-sigma\/sql-lineage"/.test(code), "the SQL parser's thread"],
    [/\b(async|await)\b/.test(withoutTexts), "asynchronous code"],
    [host.test(withoutTexts), "the host"],
    [/\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b/.test(withoutTexts), "clock or chance"],
  ];
  for (const [isUsed, what] of forbidden) {
    if (isUsed) problems.push(`${file} is pure and uses ${what}.`);
  }
}
