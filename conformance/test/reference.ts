import { pythonEnvironment } from "../src/python/python-environment.ts";

/** Path of a Python interpreter with the real dagster-sigma; null without Python, except in CI. */
export function referencePython(): Promise<string | null> {
  return pythonOf("dagster-sigma");
}

/** The same for the real Dagster. */
export function dagsterPython(): Promise<string | null> {
  return pythonOf("dagster-webserver");
}

/** The same for `dg` and `create-dagster`. */
export function dgPython(): Promise<string | null> {
  return pythonOf("dagster-dg");
}

/** The same for any environment. */
export async function pythonOf(environment: Parameters<typeof pythonEnvironment>[0]): Promise<string | null> {
  const python = await pythonEnvironment(environment);
  if (python === null && process.env["CI"]) throw new Error("The tests need Python 3.10 or newer.");
  return python;
}

/** Prefix of tests that are skipped without Python; used to count them. */
export const needsPython = "[needs Python 3.10 or newer]";
