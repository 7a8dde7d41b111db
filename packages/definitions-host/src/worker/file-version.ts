import { statSync } from "node:fs";
import type { FileVersion } from "./thread-messages.ts";

/** The version of a file changes whenever it is written; null where there is no file. */
export function fileVersion(file: string): FileVersion | null {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : { file, version: `${stats.ino} ${stats.size} ${stats.mtimeNs}` };
}
