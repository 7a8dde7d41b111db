import { mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownHolder } from "../../../src/fetch/store/lock-holder.ts";
import { type LockTimes, withStateLock } from "../../../src/fetch/store/state-lock.ts";

/** This thread, as the holder of a lock. */
export const own = await ownHolder();
/** A process id above the maximum of Linux. */
export const noProcess = 2 ** 22 + 1;
/** The error of a lock that is held. */
export const locked = { code: "STATE_LOCKED" };

/** The path of a state in a new folder. */
export function stateFile(): string {
  return join(mkdtempSync(join(tmpdir(), "dagster-sigma-lock-")), "state.ndjson");
}

/** The path of a state that is locked. */
export function lockedBy(holder: object): string {
  const file = stateFile();
  writeFileSync(`${file}.lock`, JSON.stringify({ startedAt: new Date().toISOString(), ...holder }));
  return file;
}

export function touchedBefore(file: string, ms: number): void {
  const then = new Date(Date.now() - ms);
  utimesSync(`${file}.lock`, then, then);
}

/** Takes and releases a lock. */
export function free(file: string, times?: LockTimes): Promise<string> {
  return withStateLock(file, () => Promise.resolve("free"), times);
}
