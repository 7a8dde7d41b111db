import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { Definitions } from "@dagster-sigma/asset-graph";
import { codeExcerpt, findCodePlace, formatCodePlace } from "@dagster-sigma/definitions-host";
import { errorText } from "@dagster-sigma/foundation";
import { loadFromDefsFolder } from "../component/defs/load-from-defs-folder.ts";
import { setModuleImporter } from "../component/defs/user-modules.ts";
import { isComponentFile, isFolder } from "../environment/command-environment.ts";
import { loadDotEnv } from "../environment/dot-env.ts";
import { CommandError, DefinitionsFileError } from "../errors.ts";
import * as publicApi from "../index.ts";
import { sourcePlace } from "./source-place.ts";

/**
 * Loads the definitions that a TypeScript or JavaScript file exports as its default, or as `defs`. No build step is
 * needed, and the file may use top-level `await`. `import … from "dagster-sigma"` in it resolves to this package,
 * wherever the file is. A YAML file is a component file, a folder one of definitions.
 *
 * @param onNote called with what a folder of definitions leaves out
 * @throws ComponentError for a component file; CommandError `DEFINITIONS_FILE_MISSING`, `DEFINITIONS_FILE_NO_DEFINITIONS`; DefinitionsFileError for an
 * error in the file, with its line
 */
export async function loadDefinitionsFile(
  path: string,
  onNote: (note: string) => void = (note) => process.stderr.write(`${note}\n`),
): Promise<Definitions> {
  const file = resolve(path);
  if (!existsSync(file)) {
    throw new CommandError(
      "DEFINITIONS_FILE_MISSING",
      `The file ${path} does not exist.`,
      "Pass its path with -f.",
    );
  }
  setModuleImporter(importFile);
  if (isFolder(file)) return await loadFromDefsFolder(file, { onNote });
  loadDotEnv(dirname(file));
  if (isComponentFile(file)) {
    const { loadComponentFile } = await import("../component/defs/load-component-file.ts");
    return await loadComponentFile(file, { onNote });
  }
  const exported = await importFile(file);
  const definitions = exported["default"] ?? exported["defs"];
  if (definitions instanceof Definitions) return definitions;
  throw new CommandError(
    "DEFINITIONS_FILE_NO_DEFINITIONS",
    `${path} does not export definitions.`,
    "End it with: export default new Definitions({ assets: …, resources: { … } });",
  );
}

async function importFile(file: string): Promise<Readonly<Record<string, unknown>>> {
  const { createJiti } = await import("jiti");
  const jiti = createJiti(file, {
    interopDefault: false,
    moduleCache: false,
    sourceMaps: true,
    virtualModules: { "dagster-sigma": publicApi },
  });
  try {
    return await jiti.import<Record<string, unknown>>(file);
  } catch (thrown) {
    throw describeMistake(file, thrown);
  }
}

/** Describes where in the user's code the error was thrown, with an excerpt. */
function describeMistake(file: string, thrown: unknown): DefinitionsFileError {
  const place = findCodePlace(thrown, { folder: dirname(file), sourcePlace });
  const where = place === null ? relative(process.cwd(), file) : formatCodePlace(place);
  const kind = thrown instanceof Error && thrown.constructor !== Error ? `${thrown.name}: ` : "";
  return new DefinitionsFileError({
    message: `${where}: ${kind}${firstLine(errorText(thrown))}`,
    excerpt: place === null ? null : codeExcerpt(place),
    cause: thrown,
  });
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0]?.trim() ?? text;
}
