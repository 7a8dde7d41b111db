import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Definitions } from "@dagster-sigma/asset-graph";
import { errorText } from "@dagster-sigma/foundation";
import { ComponentError } from "../component-error.ts";
import type { ComponentFileOptions } from "./load-component-file.ts";
import { mergeParts } from "./merge-parts.ts";
import { importUserModule } from "./user-modules.ts";

const componentFiles = ["defs.yaml", "component.yaml", "defs.yml"] as const;
const definitionsFiles = ["definitions.ts", "definitions.mts", "definitions.js", "definitions.mjs"] as const;

/** Folders that Dagster ignores, and those of Node. */
const ignored: ReadonlySet<string> = new Set(["node_modules", "__pycache__", "dist"]);

/**
 * Loads a folder of definitions, as Dagster's function of this name: the components of `defs.yaml` (or `component.yaml`) of a folder; without one, what
 * `definitions.ts` exports; without either, those of its subfolders. Components and files of Python are left out, with a note for each component.
 *
 *     export default await loadFromDefsFolder("defs");
 *
 * @throws ComponentError; errors of the definitions files and of the loads
 */
export async function loadFromDefsFolder(
  path: string,
  options: ComponentFileOptions = {},
): Promise<Definitions> {
  // Loaded on demand, because most programs have no component.
  const { loadFileComponent, noteOnStderr, readComponentFile } = await import("./load-component-file.ts");
  const { onNote = noteOnStderr, ...rest } = options;
  const root = resolve(path);
  if (!existsSync(root))
    throw new ComponentError({
      code: "COMPONENT_FILE_MISSING",
      message: `The folder ${path} does not exist.`,
      hint: "Pass the folder of definitions of the project, usually called defs.",
    });
  // Everything is read before anything is fetched, so that a mistake in the last file is reported at once.
  const loads: (() => Promise<Definitions>)[] = [];
  for (const file of filesOf(root)) {
    if (file.type === "definitions") {
      loads.push(() => definitionsOf(file.path));
      continue;
    }
    const { components, leftOut } = await readComponentFile(file.path, rest);
    for (const component of components) loads.push(() => loadFileComponent(component));
    for (const note of components.flatMap(({ notes }) => notes)) onNote(note);
    for (const type of leftOut) onNote(`Left out, because it needs Python: ${type}`);
  }
  if (loads.length === 0)
    onNote(`${path} has no defs.yaml with a component of Sigma, and no definitions.ts.`);
  return mergeParts(await Promise.all(loads.map((load) => load())));
}

interface DefsFile {
  readonly type: "component" | "definitions";
  readonly path: string;
}

function filesOf(folder: string): readonly DefsFile[] {
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => join(folder, name)).find(existsSync);
  const component = first(componentFiles);
  if (component !== undefined) return [{ type: "component", path: component }];
  const definitions = first(definitionsFiles);
  if (definitions !== undefined) return [{ type: "definitions", path: definitions }];
  return foldersIn(folder).flatMap(filesOf);
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !ignored.has(entry.name))
    .map(({ name }) => name)
    .sort()
    .map((name) => join(folder, name));
}

async function definitionsOf(file: string): Promise<Definitions> {
  const exported = await importUserModule(file);
  const definitions = exported["default"] ?? exported["defs"];
  if (definitions instanceof Definitions) return definitions;
  throw new ComponentError({
    code: "COMPONENT_FILE_INVALID",
    message: `${relative(process.cwd(), file)} does not export definitions.`,
    hint: "End it with: export default new Definitions({ assets: … });",
    cause: errorText(definitions),
  });
}
