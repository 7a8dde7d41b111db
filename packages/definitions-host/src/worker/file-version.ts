import { statSync } from "node:fs";
import type { Definitions } from "@dagster-sigma/asset-graph";
import type { FileVersion } from "./thread-messages.ts";

/** Changes whenever the file is written; null if the file does not exist. */
export function fileVersion(file: string): FileVersion | null {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : { file, version: `${stats.ino} ${stats.size} ${stats.mtimeNs}` };
}

/** The states that definitions were loaded from, in their current versions. */
export function stateFilesOf({ loadReports }: Pick<Definitions, "loadReports">): readonly FileVersion[] {
  const files = new Set(loadReports.flatMap(({ stateFile }) => stateFile ?? []));
  return [...files].flatMap((file) => fileVersion(file) ?? []);
}
