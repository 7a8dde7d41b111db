import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { threadId, Worker } from "node:worker_threads";
import { markThreadAlive, prepareThreads } from "@dagster-sigma/foundation/threads";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { withStateLock } from "../../../src/fetch/store/state-lock.ts";

function stateFile(): string {
  return join(mkdtempSync(join(tmpdir(), "dagster-sigma-lock-")), "state.ndjson");
}

function lockedAs(text: string): string {
  const file = stateFile();
  writeFileSync(`${file}.lock`, text);
  return file;
}

function lockedBy(holder: object): string {
  return lockedAs(JSON.stringify({ startedAt: new Date().toISOString(), ...holder }));
}

/** Its last heartbeat was so long ago. */
function age(file: string, ms: number): string {
  const at = new Date(Date.now() - ms);
  utimesSync(`${file}.lock`, at, at);
  return file;
}

function removalLeftBehind(): string {
  const file = lockedBy(ended);
  writeFileSync(`${file}.lock.removing`, "");
  const at = new Date(Date.now() - 2_000);
  utimesSync(`${file}.lock.removing`, at, at);
  return file;
}

const take = (file: string): Promise<string> => withStateLock(file, () => Promise.resolve("taken"));
const locked = { code: "STATE_LOCKED" };
const own = { pid: process.pid, host: hostname() };
// A process id above what Linux gives out.
const ended = { ...own, pid: 2 ** 22 + 1, threadId: 0 };

describe("a state lock", () => {
  it("is held during the function, names its thread, and is removed afterwards", async () => {
    const file = stateFile();
    const held = await withStateLock(file, async () => {
      await expect(take(file)).rejects.toMatchObject(locked);
      return JSON.parse(readFileSync(`${file}.lock`, "utf8"));
    });
    expect(held).toEqual({ ...own, threadId, startedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect(await take(file)).toBe("taken");
  });

  it("of a thread in this process is taken over only after the thread has ended", async () => {
    prepareThreads();
    const worker = new Worker("setInterval(() => undefined, 1000)", { eval: true });
    const markEnded = markThreadAlive(worker.threadId);
    const file = lockedBy({ ...own, threadId: worker.threadId });
    onTestFinished(async () => void (await worker.terminate()));
    await expect(take(file)).rejects.toMatchObject(locked);
    markEnded();
    expect(await take(file)).toBe("taken");
  });

  it("of this process without a thread, as earlier versions wrote it, is respected", async () => {
    const file = lockedBy(own);
    await expect(take(file)).rejects.toMatchObject(locked);
  });

  it("of a process that has ended is taken over", async () => {
    expect(await take(lockedBy(ended))).toBe("taken");
  });

  it("that somebody quicker took over meanwhile is respected", async () => {
    const file = lockedBy(ended);
    const quicker = JSON.stringify({ pid: 1, host: "elsewhere", startedAt: "2026" });
    vi.spyOn(process, "kill").mockImplementation(() => {
      writeFileSync(`${file}.lock`, quicker);
      throw Object.assign(new Error("no such process"), { code: "ESRCH" });
    });
    await expect(take(file)).rejects.toMatchObject(locked);
    expect(readFileSync(`${file}.lock`, "utf8")).toBe(quicker);
  });

  it("of a process of another user, which may not be sent a signal, is respected", async () => {
    const file = lockedBy({ ...ended, pid: 1 });
    const kill = vi.spyOn(process, "kill").mockImplementation(() => {
      throw Object.assign(new Error("not permitted"), { code: "EPERM" });
    });
    await expect(take(file)).rejects.toMatchObject(locked);
    expect(kill).toHaveBeenCalledWith(1, 0);
  });

  it("of another machine is respected for half a minute after its last heartbeat, and then taken over", async () => {
    const elsewhere = { pid: process.pid, host: "elsewhere", threadId: 0 };
    const file = age(lockedBy(elsewhere), 25_000);
    await expect(take(file)).rejects.toMatchObject({
      ...locked,
      message: expect.stringContaining(`process ${process.pid} on elsewhere, since 2`),
    });
    expect(await take(age(file, 30_500))).toBe("taken");
  });

  it("has a heartbeat for as long as it is held, so that other machines see it alive", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const file = stateFile();
    const lastBeatMs = (): number => Date.now() - statSync(`${file}.lock`).mtimeMs;
    await withStateLock(file, async () => {
      for (let beat = 0; beat < 2; beat++) {
        age(file, 60_000);
        vi.advanceTimersByTime(5_000);
        await vi.waitFor(() => expect(lastBeatMs()).toBeLessThan(30_000), { timeout: 5_000, interval: 2 });
      }
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("that its holder is about to write is respected, and taken over when nobody writes it", async () => {
    const file = lockedAs("");
    const refused = expect(take(file)).rejects.toMatchObject({
      ...locked,
      message: expect.stringContaining("on elsewhere"),
    });
    await sleep(50);
    writeFileSync(`${file}.lock`, JSON.stringify({ pid: 1, host: "elsewhere", startedAt: "2026" }));
    await refused;
    writeFileSync(`${file}.lock`, "");
    expect(await take(age(file, 1_100))).toBe("taken");
  });

  it("is gone when what was done fails", async () => {
    const file = stateFile();
    await expect(withStateLock(file, () => Promise.reject(new Error("full")))).rejects.toThrow("full");
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it.each<[string, () => string]>([
    ["it is free", stateFile],
    ["its holder has ended", () => lockedBy(ended)],
    ["nobody wrote it", () => age(lockedAs(""), 1_100)],
    ["somebody died over removing that of a process that has ended", removalLeftBehind],
  ])("lets one in at a time when many come at once and %s", async (_what, fileWithLock) => {
    const round = async (): Promise<void> => {
      const file = fileWithLock();
      let inside = 0;
      let maxInside = 0;
      const one = async (): Promise<void> => {
        maxInside = Math.max(maxInside, ++inside);
        await sleep(5);
        inside--;
      };
      const all = await Promise.allSettled(Array.from({ length: 8 }, () => withStateLock(file, one)));
      expect(maxInside).toBe(1);
      expect(all.some(({ status }) => status === "fulfilled")).toBe(true);
      for (const each of all) if (each.status === "rejected") expect(each.reason).toMatchObject(locked);
      expect(readdirSync(dirname(file))).toEqual([]);
    };
    await Promise.all(Array.from({ length: 10 }, round));
  });

  it("is refused in a folder that is not there", async () => {
    const file = join(stateFile(), "none", "state.ndjson");
    await expect(take(file)).rejects.toMatchObject({ code: "STATE_NOT_WRITABLE" });
  });
});
