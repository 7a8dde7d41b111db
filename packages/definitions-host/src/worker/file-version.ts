import { statSync } from "node:fs";
import type { FileVersion } from "./thread-messages.ts";

/** Changes whenever the file is written; null if the file does not exist. */
export function fileVersion(file: string): FileVersion | null {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : { file, version: `${stats.ino} ${stats.size} ${stats.mtimeNs}` };
}
