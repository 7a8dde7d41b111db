import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { SnapshotError } from "../../errors.ts";
import type { OrganizationState } from "../../state/organization-state.ts";
import { StateFormatError, StateReader, stateLines } from "../../state/state-lines.ts";
import { readLines } from "./read-lines.ts";

/**
 * Reads the state that a snapshot holds.
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
      const hint = "Check the path, or make the snapshot with `dagster-sigma snapshot -o FILE`.";
      throw new SnapshotError("SNAPSHOT_UNREADABLE", file, "cannot be read", hint, thrown);
    }
    throw thrown.reason === "tooNew"
      ? new SnapshotError(
          "SNAPSHOT_TOO_NEW",
          file,
          "is of a newer version",
          "Update dagster-sigma, or make it anew.",
          thrown,
        )
      : new SnapshotError(
          "SNAPSHOT_BROKEN",
          file,
          "is damaged",
          "Make it anew with `dagster-sigma snapshot -o FILE`.",
          thrown,
        );
  }
}

/**
 * Writes a snapshot that only its owner can read. It takes the place of the file at once and whole, or not at all.
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
    const hint = "Check that the folder exists, may be written to, and has room. The old file is untouched.";
    throw new SnapshotError("SNAPSHOT_NOT_WRITABLE", file, "cannot be written", hint, cause);
  }
}

/** Lines in pieces of about this many characters: each piece is a write of its own. */
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
