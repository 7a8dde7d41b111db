import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const source = join(import.meta.dirname, "..", "src");

/** All runtime imports of a file, transitively, relative to the source folder. */
function importedFrom(file: string, found: Set<string> = new Set()): ReadonlySet<string> {
  found.add(file);
  const imports = /^(?:import|export) (?!type)[^;]*? from "(\.[^"]+)";/gm;
  for (const [statement, specifier = ""] of readFileSync(join(source, file), "utf8").matchAll(imports)) {
    const target = join(file, "..", specifier);
    const isTypesOnly = /^export \{(\s*type \w+,?)+\s*\} from/.test(statement);
    if (!isTypesOnly && !found.has(target)) importedFrom(target, found);
  }
  return found;
}

it.each([
  ["selection", "complete-selection.ts", ["errors.ts", "metadata/metadata-labels.ts"]],
  ["graph-index", "column-index.ts", ["metadata/metadata-labels.ts"]],
  ["presentation", "asset-kind.ts", []],
  [
    "impact",
    "build-impact.ts",
    [
      "graph-index/build-column-data.ts",
      "graph-index/column-index.ts",
      "graph-index/distinct-names.ts",
      "graph-index/edges-of.ts",
      "graph-index/graph-index.ts",
      "graph/resolve-presentation.ts",
      "metadata/metadata-labels.ts",
      "presentation/asset-kind.ts",
    ],
  ],
])("the entry point for %s adds almost no other code to a page", (folder, own, others) => {
  const files = [...importedFrom(join(folder, "index.ts"))];
  expect(files).toContain(join(folder, own));
  expect(files.filter((file) => !file.startsWith(`${folder}/`)).sort()).toEqual(others);
});
