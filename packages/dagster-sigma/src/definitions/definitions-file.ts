import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { Definitions } from "@dagster-sigma/asset-graph";
import { codeExcerpt, findCodePlace, formatCodePlace } from "@dagster-sigma/definitions-host";
import { errorText } from "@dagster-sigma/foundation";
import { CommandError, DefinitionsFileError } from "../errors.ts";
import * as publicApi from "../index.ts";
import { loadDotEnv } from "./dot-env.ts";
import { sourcePlace } from "./source-place.ts";

/**
 * The definitions that a TypeScript or JavaScript file exports as its default, or as `defs`. Needs no build step; the
 * file may use `await` at its top level. `import … from "dagster-sigma"` in it means this very package, wherever the
 * file lies.
 *
 * @throws CommandError `DEFINITIONS_FILE_MISSING`, `DEFINITIONS_FILE_NO_DEFINITIONS`; DefinitionsFileError for a
 *   mistake in the file, at its line
 */
export async function loadDefinitionsFile(path: string): Promise<Definitions> {
  const file = resolve(path);
  if (!existsSync(file)) {
    throw new CommandError("DEFINITIONS_FILE_MISSING", `There is no file ${path}.`, "Give its path with -f.");
  }
  loadDotEnv(dirname(file));
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

/** Where in the user's own code it happened, with the line. */
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
