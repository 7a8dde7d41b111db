import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { conformanceFolder } from "./python/conformance-folder.ts";

/** A class of differences as described in its table. */
export interface DifferenceClass {
  readonly name: string;
  readonly rule: string;
  readonly reason: string;
  readonly example: string;
  /** Page in `docs/decisions/`, without its extension. */
  readonly decision?: string;
}

/**
 * Reads the classes of a table in this folder.
 *
 * @throws Error if the table and the rules do not have the same classes
 */
export function readDifferenceClasses(
  file: string,
  rules: Readonly<Record<string, unknown>>,
): readonly DifferenceClass[] {
  const table = parse(readFileSync(join(conformanceFolder, file), "utf8"));
  const classes = Object.entries(table).map(
    ([name, row]) => ({ name, ...(row as object) }) as DifferenceClass,
  );
  const described = classes.map(({ name }) => name).sort();
  const checked = Object.keys(rules).sort();
  if (described.join() !== checked.join())
    throw new Error(`${file} describes ${described}, and there are rules for ${checked}.`);
  return classes;
}
