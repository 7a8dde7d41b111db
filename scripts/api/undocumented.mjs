import { readFileSync } from "node:fs";
import { join } from "node:path";
import { declarationFiles } from "./declaration-files.mjs";

/**
 * Public names of a package without a doc comment: exports of any entry point, and members of exported interfaces whose name
 * ends with `Options`. Of several declarations with one name (overloads, or a type and a value) one comment is enough.
 *
 * @param {string} folder of the package, absolute
 * @returns {string[]} for example `Client` and `ClientOptions.url`, sorted
 */
export function undocumentedNames(folder) {
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = declarationFiles(folder);
  const found = new Set();
  for (const { types } of Object.values(exports)) {
    for (const [publicName, place] of files.exportsOf(join(folder, types))) {
      if (place?.path === undefined) continue;
      const declarations = files.read(place.path).declarations.get(place.name);
      if (!declarations.some(({ isDocumented }) => isDocumented)) found.add(publicName);
      if (!publicName.endsWith("Options")) continue;
      for (const { undocumentedMembers } of declarations)
        for (const member of undocumentedMembers) found.add(`${publicName}.${member}`);
    }
  }
  return [...found].sort();
}
