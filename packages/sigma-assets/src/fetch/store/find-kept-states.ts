import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { StateHeader } from "../../state/organization-state.ts";
import { readStateHeader } from "./snapshot-file.ts";

/** The header of a state file in the same folder. */
export interface KeptState {
  readonly file: string;
  readonly header: StateHeader;
}

/** The other states in the folder of a state; unreadable ones are skipped. */
export async function findKeptStates(besides: string): Promise<readonly KeptState[]> {
  const folder = dirname(besides);
  const names = await readdir(folder).catch(() => []);
  const others = names.filter((name) => name.endsWith(".ndjson") && name !== basename(besides)).sort();
  const kept = await Promise.all(others.map((name) => readKept(join(folder, name))));
  return kept.filter((state) => state !== null);
}

async function readKept(file: string): Promise<KeptState | null> {
  const header = await readStateHeader(file).catch(() => null);
  return header === null ? null : { file, header };
}
