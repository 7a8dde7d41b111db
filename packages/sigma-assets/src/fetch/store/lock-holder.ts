import { randomUUID } from "node:crypto";
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { threadId } from "node:worker_threads";
import { isThreadAlive } from "@dagster-sigma/foundation/threads";

/** The thread that holds a lock. */
export interface LockHolder {
  /** Random, per acquisition: process ids repeat, for example 1 in every container. Missing in locks of earlier versions. */
  readonly id?: string;
  readonly pid: number;
  readonly host: string;
  readonly startedAt: string;
  /** The thread within the process: a load may be terminated with its thread while the process continues. */
  readonly threadId?: number;
  /** Start time of the process, in clock ticks of Linux: after a container restarts, other processes have the same ids. */
  readonly processStart?: string;
  /** Where process ids have the same meaning: boot and PID namespace. Missing if unknown. */
  readonly processSpace?: string;
}

/** The current thread. */
export async function ownHolder(): Promise<LockHolder & { readonly id: string }> {
  const [processStart, processSpace] = await Promise.all([readProcessStart(process.pid), readProcessSpace()]);
  return {
    id: randomUUID(),
    pid: process.pid,
    host: hostname(),
    startedAt: new Date().toISOString(),
    threadId,
    ...(processStart === null ? {} : { processStart }),
    ...(processSpace === null ? {} : { processSpace }),
  };
}

/** Null if the text is not a complete entry of a lock holder. */
export function parseLockHolder(text: string): LockHolder | null {
  let value: Partial<LockHolder> | null;
  try {
    value = JSON.parse(text) as Partial<LockHolder> | null;
  } catch {
    return null;
  }
  const { pid, host, startedAt } = value ?? {};
  const isWhole = Number.isSafeInteger(pid) && Number(pid) > 0 && typeof host === "string";
  return isWhole && typeof startedAt === "string" ? (value as LockHolder) : null;
}

/** Whether the process or its thread has certainly ended. False if it is running, or if that is unknown. */
export async function hasEnded(holder: LockHolder): Promise<boolean> {
  if (holder.processSpace === undefined || holder.processSpace !== (await readProcessSpace())) return false;
  const start = holder.processStart === undefined ? null : await readProcessStart(holder.pid);
  if (start !== null && start !== holder.processStart) return true;
  if (holder.pid !== process.pid) return !isRunning(holder.pid);
  return holder.threadId !== undefined && isThreadAlive(holder.threadId) === false;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // The process exists and belongs to another user.
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Containers on one machine have the same boot id and separate PID namespaces, and may have the same host name. Systems
 * without `/proc`, such as macOS, have no PID namespaces.
 */
async function readProcessSpace(): Promise<string | null> {
  if (process.platform !== "linux") return `${process.platform} ${hostname()}`;
  try {
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    return `${boot.trim()} ${await readlink("/proc/self/ns/pid")}`;
  } catch {
    return null;
  }
}

/** Null if the process does not exist, or on a system without `/proc`. */
async function readProcessStart(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name of the program, in parentheses, may contain spaces. The start time is the 20th field after it.
  return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}
