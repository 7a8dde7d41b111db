import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { threadId } from "node:worker_threads";
import { isThreadAlive } from "@dagster-sigma/foundation/threads";

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  readonly startedAt: string;
  /** Of the process: a load may be ended with its thread while the process lives. */
  readonly threadId?: number;
  /** When the process started, as Linux counts: in a container that starts again, other processes get the same ids. */
  readonly processStart?: string;
}

/** This thread of this process. */
export async function ownHolder(): Promise<LockHolder> {
  const processStart = await readProcessStart(process.pid);
  return {
    pid: process.pid,
    host: hostname(),
    startedAt: new Date().toISOString(),
    threadId,
    ...(processStart === null ? {} : { processStart }),
  };
}

/** Null for what no holder wrote, or did not write to its end. */
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

/** Whether the process, or its thread, has ended; null for a process of another machine, of which that is not known. */
export async function hasEnded(holder: LockHolder): Promise<boolean | null> {
  if (holder.host !== hostname()) return null;
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
    // Of another user.
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Null where there is no such process, and where the system does not tell as Linux does. */
async function readProcessStart(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name of the program, in parentheses, may contain spaces. The start is the 20th field behind it.
  return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}
