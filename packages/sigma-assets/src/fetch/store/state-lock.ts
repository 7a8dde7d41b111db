import { statSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StateError } from "../../errors.ts";
import { type FoundLock, readLock, readLockText } from "./lock-file.ts";
import { startHeartbeat } from "./lock-heartbeat.ts";
import { hasEnded, ownHolder, parseLockHolder } from "./lock-holder.ts";

/** Times of locks, in ms. */
export interface LockTimes {
  /** Interval between updates of the lock's modification time. */
  readonly heartbeatMs: number;
  /** A lock that was not updated for this time is considered dead, even if its process exists. */
  readonly staleMs: number;
  /** A lock without a valid entry is considered dead after this time; before that, its holder may still be writing it. */
  readonly unwrittenMs: number;
}

const defaultTimes: LockTimes = { heartbeatMs: 5_000, staleMs: 30_000, unwrittenMs: 1_000 };
const maxAttempts = 20;

/** A lock that is held. */
export interface HeldLock {
  /**
   * Call it before every change of the locked files.
   *
   * @throws StateError `STATE_LOCK_LOST` if another process took the lock over; `STATE_NOT_WRITABLE` if the folder is gone
   */
  check(): void;
}

/**
 * Runs a function while holding the exclusive lock of a state. A lock is taken over if its process, or its thread in this
 * process, has ended. If that is unknown, as for another machine or container, or if the process is stopped, it is taken over
 * when it was not updated for 30 s.
 *
 * @throws StateError `STATE_LOCKED` naming the holder; `STORED_FILE_UNSAFE`
 */
export async function withStateLock<Result>(
  file: string,
  use: (lock: HeldLock) => Promise<Result>,
  times: LockTimes = defaultTimes,
): Promise<Result> {
  const lock = `${file}.lock`;
  const text = await take(file, lock, times);
  const stopHeartbeat = startHeartbeat({ lock, text, everyMs: times.heartbeatMs });
  try {
    return await use({ check: () => check(file, lock, text) });
  } finally {
    stopHeartbeat();
    // If another process considered this one dead, the file is now the lock of that process.
    if (readLockText(lock) === text) await rm(lock, { force: true });
  }
}

function check(file: string, lock: string, text: string): void {
  const found = readLockText(lock);
  if (found === text) return;
  try {
    statSync(dirname(file));
  } catch (thrown) {
    throw StateError.notWritable(file, thrown);
  }
  throw StateError.lockLost(file, parseLockHolder(found ?? ""));
}

/** Returns the text written to the lock. */
async function take(file: string, lock: string, times: LockTimes): Promise<string> {
  const contender = new Contender(file, times);
  for (let attempt = 0; ; attempt++) {
    const { text, found } = await contender.tryPath(lock);
    if (text !== null) return text;
    // A lock that its process is still writing, or that another process is taking over, changes soon.
    const isHeld = found !== null && !found.isDead && (found.holder !== null || !found.isReadable);
    if (attempt >= maxAttempts || isHeld) throw StateError.locked(file, found?.holder ?? null);
    await sleep((2 * times.unwrittenMs) / maxAttempts);
  }
}

/** The result of an attempt: the text written to the lock, or the lock that is in the way. */
interface Attempt {
  readonly text: string | null;
  readonly found: (FoundLock & { readonly isDead: boolean }) | null;
}

/** Tries to take locks. */
class Contender {
  readonly #file: string;
  readonly #times: LockTimes;

  constructor(file: string, times: LockTimes) {
    this.#file = file;
    this.#times = times;
  }

  async tryPath(lock: string): Promise<Attempt> {
    const holder = await ownHolder();
    const text = JSON.stringify(holder);
    if ((await this.#create(lock, text)) !== null) return { text, found: null };
    // The modification time of a new file is the present time of the file system, whose clock may differ from ours.
    const temporary = `${lock}.${holder.id}.tmp`;
    const nowMs = await this.#create(temporary, text);
    try {
      const found = await readLock(lock);
      if (found === null || nowMs === null) return { text: null, found: null };
      const isDead = await this.#isDead(lock, found, nowMs);
      const isTaken = isDead && (await this.#replace(lock, found, temporary));
      return { text: isTaken ? text : null, found: { ...found, isDead } };
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async #isDead(lock: string, found: FoundLock, nowMs: number): Promise<boolean> {
    if (found.holder !== null && (await hasEnded(found.holder))) return true;
    const { heartbeatMs, staleMs, unwrittenMs } = this.#times;
    const ageMs = nowMs - found.modifiedMs;
    const isUnwritten = found.holder === null && found.isReadable;
    if (ageMs >= -heartbeatMs) return ageMs >= (isUnwritten ? unwrittenMs : staleMs);
    // The clock was set back since the last update. A process that is alive updates the lock soon.
    await sleep(2 * heartbeatMs);
    const later = await readLock(lock);
    // If it is gone, or is another lock with the same time, `#replace` does nothing, and the next attempt finds out.
    return later === null || later.modifiedMs === found.modifiedMs;
  }

  /**
   * Replaces a dead lock with our own. Of several processes that found the same dead lock, only the one that creates the claim,
   * whose name contains the key of that lock, may replace it. A slower one creates the claim later, and finds another lock.
   * The claim is a lock, too: its process may end before it removes it.
   */
  async #replace(lock: string, dead: FoundLock, temporary: string): Promise<boolean> {
    const claim = `${lock}.${dead.key}.claim`;
    const { text } = await this.tryPath(claim);
    if (text === null) return false;
    try {
      if ((await readLock(lock))?.key !== dead.key) return false;
      return await rename(temporary, lock).then(
        () => true,
        () => false,
      );
    } finally {
      await rm(claim, { force: true });
    }
  }

  /** Creates a file, and returns its modification time; null if it already exists. */
  async #create(path: string, text: string): Promise<number | null> {
    try {
      const handle = await open(path, "wx", 0o600);
      try {
        await handle.writeFile(text);
        return (await handle.stat()).mtimeMs;
      } catch (thrown) {
        await rm(path, { force: true });
        throw thrown;
      } finally {
        await handle.close();
      }
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === "EEXIST") return null;
      throw StateError.notWritable(this.#file, thrown);
    }
  }
}
