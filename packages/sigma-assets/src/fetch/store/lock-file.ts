import { createHash } from "node:crypto";
import { closeSync, constants, openSync, readFileSync } from "node:fs";
import { lstat } from "node:fs/promises";
import { type LockHolder, parseLockHolder } from "./lock-holder.ts";
import { openRegularFile } from "./open-regular-file.ts";

/** A lock file of this or another process. */
export interface FoundLock {
  /** Null if the file is incomplete, damaged or unreadable. */
  readonly holder: LockHolder | null;
  /** Whether this user may read the file. */
  readonly isReadable: boolean;
  readonly modifiedMs: number;
  /** Different for each lock. */
  readonly key: string;
}

/**
 * Null for a missing file.
 *
 * @throws StateError `STORED_FILE_UNSAFE` if it is not a regular file; errors of the file system
 */
export async function readLock(path: string): Promise<FoundLock | null> {
  try {
    const handle = await openRegularFile(path);
    try {
      const [text, stats] = [await handle.readFile("utf8"), await handle.stat()];
      return { holder: parseLockHolder(text), isReadable: true, ...identityOf(text, stats) };
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    if (code !== "EACCES" && code !== "EPERM") throw thrown;
  }
  // The lock of another user.
  const stats = await lstat(path).catch(() => null);
  return stats === null ? null : { holder: null, isReadable: false, ...identityOf("", stats) };
}

/** The content of a lock; null if it is missing or cannot be read. */
export function readLockText(path: string): string | null {
  let file: number | null = null;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    return readFileSync(file, "utf8");
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
}

function identityOf(
  text: string,
  {
    ino,
    birthtimeMs,
    mtimeMs,
  }: { readonly ino: number; readonly birthtimeMs: number; readonly mtimeMs: number },
): Pick<FoundLock, "key" | "modifiedMs"> {
  const key = createHash("sha256")
    .update(JSON.stringify([ino, birthtimeMs, text]))
    .digest("hex");
  return { key: key.slice(0, 16), modifiedMs: mtimeMs };
}
