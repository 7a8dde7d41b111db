import { randomUUID } from "node:crypto";
import { renameSync } from "node:fs";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { DagsterSigmaError } from "@dagster-sigma/foundation";
import { SnapshotError } from "../../errors.ts";
import type { OrganizationState, StateHeader } from "../../state/organization-state.ts";
import { StateFormatError, stateLines } from "../../state/state-lines.ts";
import { LineChecksums } from "./line-checksums.ts";
import { openRegularFile, refuseSpecialFile } from "./open-regular-file.ts";
import { packageVersion } from "./package-version.ts";
import { readLines } from "./read-lines.ts";
import { StateFileReader } from "./state-file-reader.ts";

/** A snapshot is created by `dagster-sigma snapshot`, a state by a refresh. */
export type SnapshotKind = "snapshot" | "state";

/**
 * Reads the state in a snapshot file or state file.
 *
 * @throws SnapshotError `SNAPSHOT_UNREADABLE`, `SNAPSHOT_BROKEN`, `SNAPSHOT_TOO_NEW`; StateError `STORED_FILE_UNSAFE`
 */
export async function readSnapshot(
  file: string,
  kind: SnapshotKind = "snapshot",
): Promise<OrganizationState> {
  const reader = new StateFileReader();
  try {
    const handle = await openRegularFile(file, { isLinkAllowed: true });
    for await (const lines of readLines(handle)) for (const line of lines) reader.push(line);
    return reader.finish();
  } catch (thrown) {
    throw DagsterSigmaError.isInstance(thrown) ? thrown : readError(file, kind, thrown);
  }
}

function readError(file: string, kind: SnapshotKind, cause: unknown): SnapshotError {
  const what = `${kind} ${file}`;
  const isState = kind === "state";
  const again = isState ? "`dagster-sigma refresh --full`" : "`dagster-sigma snapshot -o FILE`";
  if (!(cause instanceof StateFormatError)) {
    const hint = isState
      ? `Check the permissions of the file; ${again} fetches everything again and replaces it.`
      : `Check the path, or create the snapshot with ${again}.`;
    return new SnapshotError("SNAPSHOT_UNREADABLE", what, "cannot be read", hint, cause);
  }
  const hint = isState
    ? `${again} fetches everything again and replaces the file.`
    : `Create it again with ${again}.`;
  if (cause.reason === "broken") return new SnapshotError("SNAPSHOT_BROKEN", what, "is damaged", hint, cause);
  const { writtenBy } = cause;
  const problem = `was written by ${writtenBy === null ? "a newer version" : `version ${writtenBy}`}`;
  const update = `Update dagster-sigma${writtenBy === null ? "" : ` to ${writtenBy} or newer`}, which reads it.`;
  return new SnapshotError("SNAPSHOT_TOO_NEW", what, problem, `${update} ${hint}`, cause);
}

/**
 * The header of a state; null if the file is missing or damaged, or has a newer format.
 *
 * @throws StateError `STORED_FILE_UNSAFE`
 */
export async function readStateHeader(file: string): Promise<StateHeader | null> {
  try {
    const reader = new StateFileReader();
    const handle = await openRegularFile(file, { isLinkAllowed: true });
    for await (const [line] of readLines(handle)) {
      if (line === undefined) continue;
      reader.push(line);
      break;
    }
    return reader.header;
  } catch (thrown) {
    if (DagsterSigmaError.isInstance(thrown)) throw thrown;
    return null;
  }
}

/** Whether a file is a snapshot or a state, also if it is damaged after its first line; false if it is missing. */
export async function isStateFile(file: string): Promise<boolean> {
  return (await readStateHeader(file)) !== null;
}

/** How a snapshot is written. */
interface WriteOptions {
  readonly kind?: SnapshotKind;
  /** Called before the file is replaced; throws to keep the old one. */
  readonly beforeRename?: () => void;
}

/**
 * Writes a snapshot that only the current user can read. It replaces the file atomically.
 *
 * @throws SnapshotError `SNAPSHOT_NOT_WRITABLE`; StateError `STORED_FILE_UNSAFE`; errors of `beforeRename`
 */
export async function writeSnapshot(
  file: string,
  state: OrganizationState,
  { kind = "snapshot", beforeRename = () => undefined }: WriteOptions = {},
): Promise<void> {
  const temporary = `${file}.${process.pid}.${randomUUID()}.tmp`;
  try {
    await refuseSpecialFile(file);
    // The folder of a state exists, unless it was removed during the refresh.
    if (kind === "snapshot") await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(temporary, "wx", 0o600);
    try {
      await writeLines(handle, stateLines(state, packageVersion));
      await handle.sync();
    } finally {
      await handle.close();
    }
    // Synchronous: nothing in this process runs between the check and the replacement.
    beforeRename();
    renameSync(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (DagsterSigmaError.isInstance(cause)) throw cause;
    const hint = "Check that the folder exists, is writable and has free space. The old file is unchanged.";
    throw new SnapshotError("SNAPSHOT_NOT_WRITABLE", `${kind} ${file}`, "cannot be written", hint, cause);
  }
}

/** Lines are written in chunks of at least this many bytes. */
const chunkBytes = 256 * 1_024;

async function writeLines(handle: FileHandle, lines: Iterable<string>): Promise<void> {
  const checksums = new LineChecksums();
  let chunk: Buffer[] = [];
  let sizeBytes = 0;
  for (const json of lines) {
    const line = checksums.seal(json);
    chunk.push(line);
    sizeBytes += line.length;
    if (sizeBytes < chunkBytes) continue;
    await handle.writeFile(Buffer.concat(chunk));
    [chunk, sizeBytes] = [[], 0];
  }
  await handle.writeFile(Buffer.concat(chunk));
}
