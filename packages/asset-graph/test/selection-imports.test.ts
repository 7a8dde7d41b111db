import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const source = join(import.meta.dirname, "..", "src");

/** Files that a file imports for more than their types, from the source folder, at any depth. */
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

it("the entry for selections brings next to nothing else into a page", () => {
  const files = [...importedFrom(join("selection", "index.ts"))];
  expect(files).toContain(join("selection", "complete-selection.ts"));
  expect(files.filter((file) => !file.startsWith("selection")).sort()).toEqual([
    "asset-spec-rules.ts",
    "errors.ts",
    "metadata-labels.ts",
  ]);
});
