import { closeSync, constants, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import { documentKindNames, documentsOf } from "../../state/document-kinds.ts";
import { stateFormatVersion } from "../../state/state-format.ts";
import { LineChecksums } from "./line-checksums.ts";
import type { JournalEntry, ListingMarks, MarksEntry, UnfinishedRefresh } from "./read-journal.ts";
import type { HeldLock } from "./state-lock.ts";

/** Flush interval, in ms: the most work that a kill can lose. */
const writeEveryMs = 20;

/** The journal of a state. */
export function journalFile(stateFile: string): string {
  return `${stateFile}.journal`;
}

/**
 * Stores the documents fetched by a refresh next to the state, one per line, so that the next refresh after a kill
 * does not fetch them again. Removed when the state is written. If the journal cannot be written, the refresh continues
 * without it.
 */
export class RefreshJournal {
  readonly #path: string;
  readonly #lock: HeldLock;
  readonly #onLost: (error: unknown) => void;
  readonly #checksums = new LineChecksums();
  #file: number | null = null;
  #sizeBytes = 0;
  #waiting: Buffer[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** @param onLost called when the lock is lost */
  constructor(stateFile: string, lock: HeldLock, onLost: (error: unknown) => void) {
    this.#path = journalFile(stateFile);
    this.#lock = lock;
    this.#onLost = onLost;
  }

  /**
   * Starts a new journal. Keeps the entries of the last one, unless data that they depend on changed.
   *
   * @throws StateError `STATE_LOCK_LOST`
   */
  begin(marks: ListingMarks, kept: UnfinishedRefresh | null): void {
    this.#lock.check();
    try {
      rmSync(this.#path, { force: true });
      const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
      this.#file = openSync(this.#path, flags, 0o600);
    } catch {
      return;
    }
    this.#write({ type: "marks", formatVersion: stateFormatVersion, item: [...marks] });
    if (kept === null || JSON.stringify([...kept.marks]) !== JSON.stringify([...marks])) return;
    for (const type of documentKindNames)
      for (const item of documentsOf(kept.documents, type)) this.add({ type, item } as JournalEntry);
  }

  add(entry: JournalEntry): void {
    this.#write(entry);
  }

  /** Writes the remaining entries to disk. */
  close(): void {
    this.#flush();
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  /** Removes the journal, unless it belongs to another process. */
  drop(): void {
    this.close();
    try {
      this.#lock.check();
      rmSync(this.#path, { force: true });
    } catch {
      // The next refresh reads it, and fetches nothing that it contains.
    }
  }

  #write(entry: JournalEntry | MarksEntry): void {
    if (this.#file === null) return;
    this.#waiting.push(this.#checksums.seal(JSON.stringify(entry)));
    this.#timer ??= setTimeout(() => this.#flush(), writeEveryMs);
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const bytes = Buffer.concat(this.#waiting.splice(0));
    if (this.#file === null || bytes.length === 0) return;
    try {
      this.#lock.check();
    } catch (lost) {
      this.#stop(this.#file);
      this.#onLost(lost);
      return;
    }
    try {
      // Synchronous: nothing in this process runs between the check and the write.
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
      this.#sizeBytes += bytes.length;
    } catch {
      this.#dropPartialLine(this.#file);
    }
  }

  /** The disk is full, for example. */
  #dropPartialLine(file: number): void {
    try {
      ftruncateSync(file, this.#sizeBytes);
    } catch {
      // The next refresh ignores the incomplete line.
    }
    this.#stop(file);
  }

  #stop(file: number): void {
    this.#file = null;
    closeSync(file);
  }
}
