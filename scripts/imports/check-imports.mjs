import { checkCircles, explainCircles } from "./circle-rules.mjs";
import { checkDoorRules } from "./door-rules.mjs";
import { checkPackageRules } from "./package-rules.mjs";
import { checkPureRules } from "./pure-rules.mjs";
import { readArchitecture } from "./read-architecture.mjs";
import { readSourceTree } from "./source-tree.mjs";

/**
 * All problems with the imports of a tree of packages.
 *
 * @param {{ root: string, paths: string[], knownCircles?: string[], pureDependencies?: string[], hostAccess?:
 * Record<string, string[]>, doors?: { from: string, to: string, through: string[] }[] }} options `paths`: all source
 * files, relative to the root
 * @returns {string[]}
 */
export function checkImports({
  root,
  paths,
  knownCircles = [],
  pureDependencies = [],
  hostAccess = {},
  doors = [],
}) {
  const problems = [];
  const packages = readArchitecture(root, problems);
  const tree = readSourceTree(root, paths, packages);
  for (const file of tree.files.values()) {
    for (const message of file.errors) problems.push(`${file.path} cannot be parsed: ${message}`);
    problems.push(...checkPackageRules(tree, file));
    problems.push(...checkDoorRules(tree, file, doors));
    problems.push(...checkPureRules(tree, file, { pureDependencies, hostAccess }));
  }
  problems.push(...checkCircles(tree, knownCircles));
  return problems;
}

/** The import cycles with all their edges, as text. */
export function explainImports({ root, paths }) {
  return explainCircles(readSourceTree(root, paths, readArchitecture(root, [])));
}
