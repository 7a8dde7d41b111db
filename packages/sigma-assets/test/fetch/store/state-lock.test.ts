import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
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
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { markThreadAlive, prepareThreads } from "@dagster-sigma/foundation/threads";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { withStateLock } from "../../../src/fetch/store/state-lock.ts";

function stateFile(): string {
  return join(mkdtempSync(join(tmpdir(), "dagster-sigma-lock-")), "state.ndjson");
}

function lockedBy(holder: object): string {
  const file = stateFile();
  writeFileSync(`${file}.lock`, JSON.stringify({ startedAt: new Date().toISOString(), ...holder }));
  return file;
}

function touchedBefore(file: string, ms: number, suffix = ".lock"): void {
  const then = new Date(Date.now() - ms);
  utimesSync(`${file}${suffix}`, then, then);
}

const free = (file: string): Promise<string> => withStateLock(file, () => Promise.resolve("free"));
const locked = { code: "STATE_LOCKED" };
/** A process id above the maximum of Linux. */
const noProcess = 2 ** 22 + 1;

/** Another process that tries to take the lock. Returns its output: "held", or an error code. */
async function lockInProcess(file: string): Promise<{ readonly child: ChildProcess; readonly said: string }> {
  const sources = [
    "--import",
    new URL("../../../../../scripts/typescript/register.mjs", import.meta.url).href,
    "--conditions=@dagster-sigma/source",
  ];
  const script = join(import.meta.dirname, "fixtures", "hold-lock.mjs");
  const child = spawn(process.execPath, [...sources, script, file], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [said] = await once(child.stdout, "data");
  return { child, said: String(said).trim() };
}

/** Yields to the event loop `count` times. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await setImmediate();
}

const own = { pid: process.pid, host: hostname() };

describe("the lock of a state", () => {
  it("is held while the function runs, names its thread, and is removed afterwards", async () => {
    const file = stateFile();
    const held = await withStateLock(file, async () => {
      await expect(withStateLock(file, () => Promise.resolve())).rejects.toMatchObject({
        code: "STATE_LOCKED",
      });
      return JSON.parse(readFileSync(`${file}.lock`, "utf8"));
    });
    expect(held).toMatchObject({ ...own, threadId: expect.any(Number) });
    expect(await withStateLock(file, () => Promise.resolve("free"))).toBe("free");
  });

  it("of a thread of this process is taken over only after the thread has ended", async () => {
    prepareThreads();
    const worker = new Worker("setInterval(() => undefined, 1000)", { eval: true });
    const { threadId } = worker;
    const markEnded = markThreadAlive(threadId);
    onTestFinished(async () => void (await worker.terminate()));
    const file = lockedBy({ ...own, threadId });
    await expect(withStateLock(file, () => Promise.resolve())).rejects.toMatchObject({
      code: "STATE_LOCKED",
    });
    markEnded();
    expect(await withStateLock(file, () => Promise.resolve("free"))).toBe("free");
  });

  it("of this process without a thread, as earlier versions wrote it, is respected", async () => {
    const file = lockedBy(own);
    await expect(withStateLock(file, () => Promise.resolve())).rejects.toMatchObject({
      code: "STATE_LOCKED",
    });
  });

  it("of a process that has ended is taken over", async () => {
    expect(await free(lockedBy({ ...own, pid: noProcess, threadId: 0 }))).toBe("free");
  });

  it("names the process, the machine and the time, which the error of other processes contains", async () => {
    const file = stateFile();
    await withStateLock(file, async () => {
      const { startedAt } = JSON.parse(readFileSync(`${file}.lock`, "utf8"));
      expect(Date.now() - Date.parse(startedAt)).toBeLessThan(10_000);
      await expect(free(file)).rejects.toMatchObject({
        message: expect.stringContaining(`process ${process.pid} on ${hostname()}, since ${startedAt}`),
      });
    });
  });

  it("of another process is respected until that process is killed", async () => {
    const file = stateFile();
    const { child, said } = await lockInProcess(file);
    expect(said).toBe("held");
    await expect(free(file)).rejects.toMatchObject({
      ...locked,
      message: expect.stringContaining(`process ${child.pid} `),
    });
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(existsSync(`${file}.lock`)).toBe(true);
    expect(await free(file)).toBe("free");
  });

  it("of this process is respected by another process", async () => {
    const file = stateFile();
    await withStateLock(file, async () => {
      expect((await lockInProcess(file)).said).toBe("STATE_LOCKED");
    });
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it("of a running process of another user, which cannot be signaled, is respected", async () => {
    const file = lockedBy({ ...own, pid: process.ppid, threadId: 0 });
    // The error that users other than root get.
    vi.spyOn(process, "kill").mockImplementation(() => {
      throw Object.assign(new Error("kill EPERM"), { code: "EPERM" });
    });
    await expect(free(file)).rejects.toMatchObject(locked);
  });

  it("of process 1, which always runs, is respected", async () => {
    await expect(free(lockedBy({ ...own, pid: 1, threadId: 0 }))).rejects.toMatchObject(locked);
  });

  it.runIf(process.platform === "linux")(
    "of a process whose id now belongs to another process, as after a container restart, is taken over",
    async () => {
      for (const pid of [process.pid, process.ppid]) {
        const file = lockedBy({ ...own, pid, threadId: 0, processStart: "1" });
        expect(await free(file)).toBe("free");
      }
    },
  );

  it("of another machine is respected until it was not updated for 30 s", async () => {
    const file = lockedBy({ pid: process.pid, host: "elsewhere.example" });
    touchedBefore(file, 29_000);
    await expect(free(file)).rejects.toMatchObject(locked);
    touchedBefore(file, 31_000);
    expect(await free(file)).toBe("free");
  });

  it("is updated while it is held, so that other machines see that it is in use", async () => {
    const file = stateFile();
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    await withStateLock(file, async () => {
      touchedBefore(file, 60_000);
      const age = (): number => Date.now() - statSync(`${file}.lock`).mtimeMs;
      expect(age()).toBeGreaterThan(50_000);
      vi.advanceTimersByTime(5_000);
      await vi.waitFor(() => expect(age()).toBeLessThan(10_000));
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("that is incomplete or damaged is respected for 1 s, then taken over", async () => {
    const damaged = ["", "{", "null", "[]", "{}", '{"pid":0}', "7", JSON.stringify({ ...own, pid: "1" })];
    const takeOverAll = async (ageMs: number): Promise<readonly number[]> =>
      await Promise.all(
        damaged.map(async (text) => {
          const file = stateFile();
          writeFileSync(`${file}.lock`, text);
          touchedBefore(file, ageMs);
          const startedMs = performance.now();
          expect(await free(file)).toBe("free");
          return performance.now() - startedMs;
        }),
      );
    expect(Math.min(...(await takeOverAll(500)))).toBeGreaterThan(400);
    expect(Math.min(...(await takeOverAll(1_500)))).toBeLessThan(400);
  });

  it("that is dead is taken over by only one of many processes that find it at the same time", async () => {
    // Simulates processes at different steps: each one starts slightly later than the previous one.
    for (let round = 0; round < 12; round++) {
      const file = lockedBy({ ...own, pid: noProcess, threadId: 0 });
      let [inside, most] = [0, 0];
      const all = await Promise.allSettled(
        Array.from({ length: 8 }, async (_each, at) => {
          await turns(at * round);
          await withStateLock(file, async () => {
            most = Math.max(most, ++inside);
            await sleep(20);
            inside--;
          });
        }),
      );
      expect(most).toBe(1);
      for (const each of all) if (each.status === "rejected") expect(each.reason).toMatchObject(locked);
      expect(readdirSync(dirname(file))).toEqual([]);
    }
  });

  it("that is dead is taken over even if an earlier takeover was interrupted", async () => {
    const file = lockedBy({ ...own, pid: noProcess, threadId: 0 });
    writeFileSync(`${file}.lock.takeover`, "");
    touchedBefore(file, 800, ".lock.takeover");
    expect(await free(file)).toBe("free");
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it("that is dead is taken over after an interrupted takeover by one of many processes, and none of them fails otherwise", async () => {
    const file = lockedBy({ ...own, pid: noProcess, threadId: 0 });
    writeFileSync(`${file}.lock.takeover`, "");
    touchedBefore(file, 2_000, ".lock.takeover");
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => free(file)));
    for (const each of all) if (each.status === "rejected") expect(each.reason).toMatchObject(locked);
    expect(all.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it("that is written again and again without an entry counts as taken after 2 s", async () => {
    const file = stateFile();
    writeFileSync(`${file}.lock`, "");
    const writing = setInterval(() => writeFileSync(`${file}.lock`, ""), 100);
    onTestFinished(() => clearInterval(writing));
    await expect(free(file)).rejects.toMatchObject(locked);
  });

  it("is not removed by its former holder after another process took it over", async () => {
    const file = stateFile();
    const others = JSON.stringify({ ...own, pid: process.ppid, startedAt: "2026-01-01T00:00:00.000Z" });
    await withStateLock(file, async () => writeFileSync(`${file}.lock`, others));
    expect(readFileSync(`${file}.lock`, "utf8")).toBe(others);
  });

  it("cannot be taken in a folder that does not exist, and the function is not called", async () => {
    const file = join(dirname(stateFile()), "missing", "state.ndjson");
    let isCalled = false;
    const lock = withStateLock(file, async () => {
      isCalled = true;
    });
    await expect(lock).rejects.toMatchObject({ code: "STATE_NOT_WRITABLE" });
    expect(isCalled).toBe(false);
  });

  it("is removed if the function fails", async () => {
    const file = stateFile();
    await expect(withStateLock(file, () => Promise.reject(new RangeError("no")))).rejects.toThrow("no");
    expect(existsSync(`${file}.lock`)).toBe(false);
  });
});
