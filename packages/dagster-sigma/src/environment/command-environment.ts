import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type LoadVariables, readLoadVariables } from "@dagster-sigma/sigma-assets";
import { readDotEnv } from "./dot-env.ts";
import { projectRootOf } from "./project-root.ts";

/** The folder of a definitions file, the project of a component file or of a folder of definitions, or the working directory. */
export function definitionsFolder(file: string | undefined): string {
  if (file === undefined) return process.cwd();
  const path = resolve(file);
  return isComponentFile(path) || isFolder(path) ? projectRootOf(path) : dirname(path);
}

/** A file with components in YAML. */
export function isComponentFile(file: string): boolean {
  return /\.ya?ml$/i.test(file);
}

/** A folder of definitions. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The load variables of a command. Unlike a user's own program, a command always saves states. */
export function commandVariables(file: string | undefined): LoadVariables & { readonly stateDir: string } {
  const folder = definitionsFolder(file);
  const variables = readLoadVariables({ ...readDotEnv(folder), ...process.env });
  return { ...variables, stateDir: variables.stateDir ?? join(folder, ".dagster-sigma", "state") };
}
