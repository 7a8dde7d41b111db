import { constants } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";
import { StateError } from "../../errors.ts";

/** How a stored file is opened. */
interface OpenOptions {
  /** Whether a symbolic link is followed (default: false). Snapshots may be links, as in volumes of Kubernetes. */
  readonly isLinkAllowed?: boolean;
}

/**
 * Opens a file for reading, without waiting for the writer of a pipe.
 *
 * @throws StateError `STORED_FILE_UNSAFE` for a symbolic link, a folder, a pipe or a device; errors of the file system
 */
export async function openRegularFile(file: string, options: OpenOptions = {}): Promise<FileHandle> {
  if (options.isLinkAllowed !== true) await refuseSpecialFile(file);
  const linkFlag = options.isLinkAllowed === true ? 0 : constants.O_NOFOLLOW;
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | linkFlag);
  try {
    if (!(await handle.stat()).isFile()) throw StateError.unsafe(file, "not a regular file");
    return handle;
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/** @throws StateError `STORED_FILE_UNSAFE` if something other than a regular file has this name */
export async function refuseSpecialFile(file: string): Promise<void> {
  const found = await lstat(file).catch(() => null);
  if (found === null || found.isFile()) return;
  throw StateError.unsafe(file, found.isSymbolicLink() ? "a symbolic link" : "not a regular file");
}
