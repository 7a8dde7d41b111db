import { open, readFile, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import { isThreadAlive } from "@dagster-sigma/foundation/threads";
import { StateError } from "../../errors.ts";

/** Interval between lock heartbeats, in ms. */
const heartbeatMs = 5_000;
/** A lock without heartbeat for this time is considered dead, in ms. */
const staleMs = 30_000;
/** Grace period for an empty lock file, whose creator is about to write it or has died, in ms. */
const unwrittenMs = 1_000;
const maxAttempts = 20;

/** The holder of a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly startedAt: string;
  /** Thread in the process: a load may be terminated with its thread while the process continues. */
  readonly threadId?: number;
}

/**
 * Runs a function while holding the write lock of a state. The lock of a dead process, or of a terminated thread of
 * this process, is taken over.
 *
 * @throws StateError `STATE_LOCKED` naming the holder
 */
export async function withStateLock<Result>(file: string, use: () => Promise<Result>): Promise<Result> {
  const lock = `${file}.lock`;
  await take(file, lock);
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, heartbeatMs);
  heartbeat.unref();
  try {
    return await use();
  } finally {
    clearInterval(heartbeat);
    await rm(lock, { force: true });
  }
}

async function take(file: string, lock: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = await open(lock, "wx", 0o600);
      const startedAt = new Date().toISOString();
      const holder: Holder = { pid: process.pid, host: hostname(), startedAt, threadId };
      await handle.writeFile(JSON.stringify(holder));
      await handle.close();
      return;
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== "EEXIST") throw StateError.notWritable(file, thrown);
    }
    const holder = await readHolder(lock);
    const isFree = await isDead(lock, holder);
    if (attempt >= maxAttempts || (!isFree && holder !== null)) throw StateError.locked(file, holder);
    if (!isFree || !(await removeDead(file, lock))) await sleep((2 * unwrittenMs) / maxAttempts);
  }
}

/**
 * Removes a lock that is dead, one at a time: who only looked before would remove the lock of somebody who was quicker.
 * False where somebody else is at it.
 */
async function removeDead(file: string, lock: string): Promise<boolean> {
  const guard = `${lock}.removing`;
  try {
    await (await open(guard, "wx", 0o600)).close();
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "EEXIST") throw StateError.notWritable(file, thrown);
    // Left by somebody who died over it.
    if (((await ageOf(guard)) ?? 0) >= unwrittenMs) await rm(guard, { force: true });
    return false;
  }
  try {
    if (await isDead(lock, await readHolder(lock))) await rm(lock, { force: true });
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

/** In ms, since it was written or touched; null where it is gone. */
async function ageOf(path: string): Promise<number | null> {
  return await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => null,
  );
}

async function readHolder(lock: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(lock, "utf8")) as Holder;
  } catch {
    return null;
  }
}

/** Checks the process on this machine, the thread in this process, and only the heartbeat on another machine. */
async function isDead(lock: string, holder: Holder | null): Promise<boolean> {
  if (holder?.host === hostname() && holder.pid === process.pid)
    return holder.threadId !== undefined && isThreadAlive(holder.threadId) === false;
  if (holder?.host === hostname()) return !isRunning(holder.pid);
  const age = (await ageOf(lock)) ?? (holder === null ? 0 : staleMs);
  return age >= (holder === null ? unwrittenMs : staleMs);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
}
