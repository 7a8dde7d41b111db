// Which package may import which, and by which specifier.
import { isBuiltin } from "node:module";
import { packageNameOf } from "./source-tree.mjs";

/** The import problems of one file. */
export function checkPackageRules(tree, file) {
  const owner = tree.ownerOf(file.path);
  if (owner === undefined) return [];
  return file.imports.flatMap((found) =>
    found.specifier.startsWith(".")
      ? checkRelative(tree, file, owner, found)
      : checkPackage(tree, file, owner, found),
  );
}

function checkRelative(tree, { path }, owner, { specifier }) {
  const target = tree.targetOf(path, specifier);
  const problems = [];
  if (!tree.exists(target)) problems.push(`${path}: ${specifier} does not exist.`);
  if (!target.startsWith(`packages/${owner.folder}/src/`))
    problems.push(`${path} imports a file outside its package: ${specifier}`);
  return problems;
}

function checkPackage(tree, { path }, owner, { specifier }) {
  if (isBuiltin(specifier)) return specifier.startsWith("node:") ? [] : [`${path}: write node:${specifier}.`];
  const name = packageNameOf(specifier);
  const target = tree.byName.get(name);
  const problems = [];
  // The page is bundled, so its dependencies are not installed with the package.
  const isBundled = isBundledFile(path) && owner.bundled.has(name);
  if (!isBundled && !owner.declared.has(name))
    problems.push(`${path} imports ${name}, which its package.json does not declare.`);
  if (target === undefined) return problems;
  // A browser would load everything behind the main entry point.
  if (isBundledFile(path) && specifier === "@dagster-sigma/asset-graph")
    problems.push(`${path} is part of the page and imports all of ${specifier}.`);
  if (!target.entries.has(specifier))
    problems.push(`${path} imports ${specifier}: only the entries that a package exports are public.`);
  if (!owner.mayImport.has(target.folder))
    problems.push(`${path}: ${owner.folder} may not import ${target.folder}.`);
  return problems;
}

function isBundledFile(path) {
  return path.startsWith("packages/web-ui/src/page/");
}
