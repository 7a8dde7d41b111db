import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { SnapshotError } from "../../errors.ts";
import type { OrganizationState } from "../../state/organization-state.ts";
import { StateFormatError, StateReader, stateLines } from "../../state/state-lines.ts";
import { readLines } from "./read-lines.ts";

/**
 * Reads the state in a snapshot file.
 *
 * @throws SnapshotError `SNAPSHOT_UNREADABLE`, `SNAPSHOT_BROKEN`, `SNAPSHOT_TOO_NEW`
 */
export async function readSnapshot(file: string): Promise<OrganizationState> {
  const reader = new StateReader();
  try {
    for await (const lines of readLines(file)) for (const line of lines) reader.push(line);
    return reader.finish();
  } catch (thrown) {
    if (!(thrown instanceof StateFormatError)) {
      const hint = "Check the path, or create the snapshot with `dagster-sigma snapshot -o FILE`.";
      throw new SnapshotError("SNAPSHOT_UNREADABLE", file, "cannot be read", hint, thrown);
    }
    throw thrown.reason === "tooNew"
      ? new SnapshotError(
          "SNAPSHOT_TOO_NEW",
          file,
          "was written by a newer version",
          "Update dagster-sigma, or create the snapshot again.",
          thrown,
        )
      : new SnapshotError(
          "SNAPSHOT_BROKEN",
          file,
          "is damaged",
          "Create it again with `dagster-sigma snapshot -o FILE`.",
          thrown,
        );
  }
}

/**
 * Writes a snapshot that only the current user can read. It replaces the file atomically.
 *
 * @throws SnapshotError `SNAPSHOT_NOT_WRITABLE`
 */
export async function writeSnapshot(file: string, state: OrganizationState): Promise<void> {
  const temporary = `${file}.${process.pid}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(temporary, "wx", 0o600);
    try {
      await writeFile(handle, linesInPieces(state), "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const hint = "Check that the folder exists, is writable and has free space. The old file is unchanged.";
    throw new SnapshotError("SNAPSHOT_NOT_WRITABLE", file, "cannot be written", hint, cause);
  }
}

/** Lines are written in chunks of about this many characters. */
const pieceLength = 256 * 1_024;

function* linesInPieces(state: OrganizationState): Generator<string, void, void> {
  let piece = "";
  for (const line of stateLines(state)) {
    piece += `${line}\n`;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}
