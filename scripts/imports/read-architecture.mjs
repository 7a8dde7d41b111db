// Reads ARCHITECTURE.md, the single place that says which package may import which, and which code is pure.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { markdownTables, quotedTexts } from "./markdown-tables.mjs";

const page = "ARCHITECTURE.md";

/**
 * The packages listed in ARCHITECTURE.md, with data from their `package.json`.
 *
 * @param {string} root
 * @param {string[]} problems
 */
export function readArchitecture(root, problems) {
  const tables = markdownTables(readFileSync(join(root, page), "utf8"));
  const packageTable = tables.find(({ heading }) => heading === "Packages");
  const packages = new Map();
  for (const cells of packageTable?.rows ?? []) {
    const row = Object.fromEntries(packageTable.header.map((name, index) => [name, cells[index]]));
    const [folder] = quotedTexts(row.folder);
    const [name] = quotedTexts(row["npm name"]);
    const path = join(root, "packages", folder ?? "", "package.json");
    if (folder === undefined || !existsSync(path)) {
      problems.push(`${page} lists packages/${folder}, which does not exist.`);
      continue;
    }
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    if (manifest.name !== name)
      problems.push(`${page} calls packages/${folder} ${name}; its name is ${manifest.name}.`);
    packages.set(folder, { folder, name, row, ...readManifest(manifest) });
  }
  for (const folder of packageFolders(root)) {
    if (!packages.has(folder)) problems.push(`${page} has no row for packages/${folder}.`);
  }
  for (const entry of packages.values()) {
    entry.mayImport = readMayImport(entry, packages, problems);
    entry.pureRows = readPureRows(root, entry, tables, problems);
  }
  return packages;
}

function readManifest(manifest) {
  const sources = Object.entries(manifest.exports ?? {}).map(([path, target]) => [
    join(manifest.name, path),
    target["@dagster-sigma/source"]?.replace(/^\.\//, ""),
  ]);
  return {
    declared: new Set(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })),
    bundled: new Set(Object.keys(manifest.devDependencies ?? {})),
    /** Public specifier → source file. */
    entries: new Map(sources),
  };
}

function packageFolders(root) {
  return readdirSync(join(root, "packages"), { withFileTypes: true })
    .filter((item) => item.isDirectory() && existsSync(join(root, "packages", item.name, "package.json")))
    .map(({ name }) => name)
    .sort();
}

function readMayImport({ folder, row }, packages, problems) {
  const words = (row["may import"] ?? "").split(",").map((word) => word.trim());
  if (words.includes("all")) return new Set([...packages.keys()].filter((name) => name !== folder));
  const names = words.filter((word) => word !== "–" && word !== "");
  for (const name of names) {
    if (!packages.has(name)) problems.push(`${page}: ${folder} may import ${name}, which is not a package.`);
  }
  return new Set(names);
}

/**
 * Paths below `src/` with their purity; `""` stands for all of it. The cell "pure" of a package is `yes`, `–`, a list
 * of paths, or `see below`: then the table "Inside `<package>`" has a column "pure".
 */
function readPureRows(root, { folder, row }, tables, problems) {
  const inside = tables.find(({ heading }) => heading === `Inside \`${folder}\``);
  const rows = (inside?.rows ?? []).flatMap((cells) =>
    quotedTexts(cells[0]).map((path) => ({
      path: path.replace(/\/$/, ""),
      isPure: cells[inside.header.indexOf("pure")] === "yes",
    })),
  );
  checkFolders(root, folder, rows, problems);
  const cell = row.pure ?? "";
  if (cell === "yes") return [{ path: "", isPure: true }];
  if (cell === "–") return [];
  if (cell === "see below") {
    if (!inside?.header.includes("pure"))
      problems.push(`${page}: the table of ${folder} needs a column "pure".`);
    return rows;
  }
  const paths = quotedTexts(cell);
  if (paths.length === 0) problems.push(`${page}: "pure" of ${folder} is ${JSON.stringify(cell)}.`);
  for (const path of paths) checkExists(root, folder, path, problems);
  return paths.map((path) => ({ path, isPure: true }));
}

/** A package with a folder table must list each of its folders, and no others. */
function checkFolders(root, folder, rows, problems) {
  if (rows.length === 0) return;
  for (const { path } of rows) checkExists(root, folder, path, problems);
  const real = readdirSync(join(root, "packages", folder, "src"), { withFileTypes: true });
  for (const item of real.filter((entry) => entry.isDirectory())) {
    if (!rows.some(({ path }) => path === item.name || path.startsWith(`${item.name}/`)))
      problems.push(`${page} has no row for packages/${folder}/src/${item.name}/.`);
  }
}

function checkExists(root, folder, path, problems) {
  if (!existsSync(join(root, "packages", folder, "src", path)))
    problems.push(`${page} lists packages/${folder}/src/${path}, which does not exist.`);
}
