import { dirname, join, resolve } from "node:path";
import { type LoadVariables, readLoadVariables } from "@dagster-sigma/sigma-assets";
import { readDotEnv } from "./dot-env.ts";

/** The folder of a definitions file, or the working directory. */
export function definitionsFolder(file: string | undefined): string {
  return file === undefined ? process.cwd() : dirname(resolve(file));
}

/** The load variables of a command. Unlike a user's own program, a command always saves states. */
export function commandVariables(file: string | undefined): LoadVariables & { readonly stateDir: string } {
  const folder = definitionsFolder(file);
  const variables = readLoadVariables({ ...readDotEnv(folder), ...process.env });
  return { ...variables, stateDir: variables.stateDir ?? join(folder, ".dagster-sigma", "state") };
}
