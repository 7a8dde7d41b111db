import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { CodeLocationError } from "../errors.ts";

/**
 * The folder with the sockets of the workers of a server, named by its address, so that the next server at this address finds
 * them. Only this user can open it.
 *
 * @throws CodeLocationError `WORKER_FAILED` if another user owns it, or could open it
 */
export function workerFolder(host: string, port: number): string {
  const { uid } = userInfo();
  const folder = join(tmpdir(), `dagster-sigma-${uid}`, `${host.replaceAll(/[^\w.-]/g, "_")}-${port}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const path of [join(folder, ".."), folder]) {
    const stats = lstatSync(path);
    if (!stats.isDirectory() || (uid >= 0 && stats.uid !== uid) || (stats.mode & 0o077) !== 0)
      throw new CodeLocationError(
        "WORKER_FAILED",
        `${path} must be a folder of this user that others cannot open.`,
        "Remove it, or set TMPDIR to another folder.",
      );
  }
  return folder;
}
