import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** Puts the variables of `.env` in a folder into the environment, where they are not set already. */
export function loadDotEnv(folder: string): void {
  let text: string;
  try {
    text = readFileSync(join(folder, ".env"), "utf8");
  } catch {
    // Most folders have none.
    return;
  }
  for (const [name, value] of Object.entries(parseEnv(text))) {
    if (value !== undefined) process.env[name] ??= value;
  }
}
