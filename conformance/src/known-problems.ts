import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { conformanceFolder } from "./python/conformance-folder.ts";

/** Problems of our load of a shape. */
export interface KnownProblems {
  /** Items of the task that fixes them. */
  readonly item: string;
  /** As `problemsOfShape` names them. */
  readonly problems: readonly string[];
}

/** Reads `known-problems.toml`: problems by the name of the shape. */
export function readKnownProblems(): ReadonlyMap<string, KnownProblems> {
  const table = parse(readFileSync(join(conformanceFolder, "known-problems.toml"), "utf8"));
  return new Map(Object.entries(table) as unknown as readonly [string, KnownProblems][]);
}

/** Whether it is known that our load ends with an error. */
export function endsOurs(problems: Iterable<string>): boolean {
  return [...problems].some((problem) => problem.startsWith("the load ends: "));
}
