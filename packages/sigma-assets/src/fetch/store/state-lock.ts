import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { StateError } from "../../errors.ts";
import { hasEnded, type LockHolder, ownHolder, parseLockHolder } from "./lock-holder.ts";

/** Interval between updates of the lock's modification time, in ms. */
const heartbeatMs = 5_000;
/** A lock of another machine that was not updated for this time, in ms, is considered dead. */
const staleMs = 30_000;
/** A lock without a valid entry is considered dead after this time, in ms; before that, its holder may still be writing it. */
const unwrittenMs = 1_000;
const maxAttempts = 20;

/**
 * Runs a function while holding the exclusive lock of a state. A lock is taken over if its process has ended, or if its thread
 * in this process has ended.
 *
 * @throws StateError `STATE_LOCKED` naming the holder
 */
export async function withStateLock<Result>(file: string, use: () => Promise<Result>): Promise<Result> {
  const lock = `${file}.lock`;
  const written = await take(file, lock);
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, heartbeatMs);
  heartbeat.unref();
  try {
    return await use();
  } finally {
    clearInterval(heartbeat);
    // If another process considered this one dead, the file is now the lock of that process.
    if ((await readText(lock)) === written) await rm(lock, { force: true });
  }
}

/** Returns the text written to the lock. */
async function take(file: string, lock: string): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const written = JSON.stringify(await ownHolder());
    if (await create(file, lock, written)) return written;
    const holder = parseLockHolder(await readText(lock));
    const isFree = await isDead(lock, holder);
    if (attempt >= maxAttempts || (!isFree && holder !== null)) throw StateError.locked(file, holder);
    if (!isFree || !(await removeDead(file, lock))) await sleep((2 * unwrittenMs) / maxAttempts);
  }
}

/** False if the file already exists. */
async function create(file: string, path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw StateError.notWritable(file, thrown);
  }
}

/**
 * Removes a dead lock. Only one process at a time does this, and it checks the lock again: otherwise, if two processes found
 * the same dead lock, the slower one would remove the new lock of the faster one. False if another process is removing it.
 */
async function removeDead(file: string, lock: string): Promise<boolean> {
  const guard = `${lock}.takeover`;
  if (!(await create(file, guard, ""))) {
    if ((await ageMs(guard)) >= unwrittenMs) await rm(guard, { force: true });
    return false;
  }
  try {
    if (await isDead(lock, parseLockHolder(await readText(lock)))) await rm(lock, { force: true });
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

/**
 * Checks the process of the lock on this machine, its thread in this process, and its heartbeat on another machine. False for
 * a missing lock, because a removal could then delete the next lock.
 */
async function isDead(lock: string, holder: LockHolder | null): Promise<boolean> {
  if (holder === null) return (await ageMs(lock)) >= unwrittenMs;
  return (await hasEnded(holder)) ?? (await ageMs(lock)) >= staleMs;
}

/** Time since the last modification, in ms; 0 for a missing file. */
async function ageMs(path: string): Promise<number> {
  return await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
}

/** Empty for a missing file. */
async function readText(path: string): Promise<string> {
  return await readFile(path, "utf8").catch(() => "");
}
