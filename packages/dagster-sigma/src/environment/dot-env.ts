import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** The variables of `.env` in a folder; empty if the file does not exist. */
export function readDotEnv(folder: string): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync(join(folder, ".env"), "utf8"));
  } catch {
    // Usually there is no such file.
    return {};
  }
}

/** Sets environment variables from `.env` in a folder, unless they are already set. */
export function loadDotEnv(folder: string): void {
  for (const [name, value] of Object.entries(readDotEnv(folder)))
    if (value !== undefined) process.env[name] ??= value;
}
