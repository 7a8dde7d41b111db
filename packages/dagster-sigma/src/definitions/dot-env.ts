import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** The variables of `.env` in a folder; none where there is no such file. */
export function readDotEnv(folder: string): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync(join(folder, ".env"), "utf8"));
  } catch {
    // Most folders have none.
    return {};
  }
}

/** Puts the variables of `.env` in a folder into the environment, where they are not set already. */
export function loadDotEnv(folder: string): void {
  for (const [name, value] of Object.entries(readDotEnv(folder)))
    if (value !== undefined) process.env[name] ??= value;
}
