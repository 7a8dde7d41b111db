import { open, readFile, rm, stat, utimes } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { StateError } from "../../errors.ts";
import { hasEnded, type LockHolder, ownHolder, parseLockHolder } from "./lock-holder.ts";

/** A lock is touched so often, */
const heartbeatMs = 5_000;
/** and taken for dead when it was not for so long. */
const staleMs = 30_000;
/** One that says nothing was made by somebody who is about to write it, or who died over it. */
const unwrittenMs = 1_000;
const maxAttempts = 20;

/**
 * Keeps others from writing a state while something is done. The lock of a process that died, or of a thread of this process
 * that was ended, is taken over.
 *
 * @throws StateError `STATE_LOCKED` naming who holds it
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
    // Who took this process for dead has a lock of its own there.
    if ((await readText(lock)) === written) await rm(lock, { force: true });
  }
}

/** Returns what the lock says. */
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

/** False where the file is there already. */
async function create(file: string, path: string, text: string): Promise<boolean> {
  try {
    const handle = await open(path, "wx", 0o600);
    try {
      await handle.writeFile(text);
    } catch (thrown) {
      await rm(path, { force: true });
      throw thrown;
    } finally {
      await handle.close();
    }
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw StateError.notWritable(file, thrown);
  }
}

/**
 * Done by one at a time, who looks again: of two who saw a dead lock, the slower one would remove the lock that the faster
 * one has made since. False where somebody else does it.
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
 * On this machine its process tells, in this process its thread; on another machine only its heartbeat. False for a lock that
 * is gone: what is removed in its place may be the next one.
 */
async function isDead(lock: string, holder: LockHolder | null): Promise<boolean> {
  if (holder === null) return (await ageMs(lock)) >= unwrittenMs;
  return (await hasEnded(holder)) ?? (await ageMs(lock)) >= staleMs;
}

/** Since it was touched; 0 for a file that is gone. */
async function ageMs(path: string): Promise<number> {
  return await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
}

/** Empty for a file that is gone. */
async function readText(path: string): Promise<string> {
  return await readFile(path, "utf8").catch(() => "");
}
