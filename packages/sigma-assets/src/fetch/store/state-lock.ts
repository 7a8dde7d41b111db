import { open, readFile, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import { isThreadAlive } from "@dagster-sigma/foundation/threads";
import { StateError } from "../../errors.ts";

/** A lock is touched so often, */
const heartbeatMs = 5_000;
/** and taken for dead when it was not for so long. */
const staleMs = 30_000;
/** One that says nothing was made by somebody who is about to write it, or who died over it. */
const unwrittenMs = 1_000;
const maxAttempts = 20;

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly startedAt: string;
  /** Of the process: a load may be ended with its thread while the process lives. */
  readonly threadId?: number;
}

/**
 * Keeps others from writing a state while something is done. The lock of a process that died, or of a thread of this process
 * that was ended, is taken over.
 *
 * @throws StateError `STATE_LOCKED` naming who holds it
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

/** On this machine its process tells, in this process its thread; on another machine only its heartbeat. */
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
