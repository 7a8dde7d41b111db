import { execFileSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { markThreadAlive, prepareThreads } from "@dagster-sigma/foundation/threads";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type LockTimes, withStateLock } from "../../../src/fetch/store/state-lock.ts";
import { free, locked, lockedBy, noProcess, own, stateFile, touchedBefore } from "./lock-files.ts";
import { LockProcess } from "./lock-process.ts";

/** As in `fixtures/hold-lock.mjs`. */
const shortTimes: LockTimes = { heartbeatMs: 50, staleMs: 1_000, unwrittenMs: 100 };

/** Runs a function in a folder without the rights of the superuser, which the tests have in containers. */
async function asOrdinaryUser<Result>(folder: string, use: () => Promise<Result>): Promise<Result> {
  const [before, isSuperuser] = [process.cwd(), process.geteuid?.() === 0];
  // The paths are relative, because the folder of temporary files is private.
  process.chdir(folder);
  if (isSuperuser) process.seteuid?.(65_534);
  try {
    return await use();
  } finally {
    if (isSuperuser) process.seteuid?.(0);
    process.chdir(before);
  }
}

describe("the lock of a state", () => {
  it.skipIf(process.platform !== "linux")("leaves no file open", async () => {
    const file = stateFile();
    await withStateLock(file, () => expect(free(file)).rejects.toMatchObject(locked));
    const open = readdirSync("/proc/self/fd").filter((descriptor) => {
      try {
        return readlinkSync(join("/proc/self/fd", descriptor)).startsWith(dirname(file));
      } catch {
        return false;
      }
    });
    expect(open).toEqual([]);
  });

  it("is held while the function runs, names its thread, and is removed afterwards", async () => {
    const file = stateFile();
    const held = await withStateLock(file, async () => {
      await expect(free(file)).rejects.toMatchObject(locked);
      return JSON.parse(readFileSync(`${file}.lock`, "utf8"));
    });
    const { id: _id, startedAt: _startedAt, ...always } = own;
    expect(held).toMatchObject(always);
    const again = await withStateLock(file, () => Promise.resolve(readFileSync(`${file}.lock`, "utf8")));
    expect(JSON.parse(again).id).not.toBe(held.id);
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it("of a thread of this process is taken over only after the thread has ended", async () => {
    prepareThreads();
    const worker = new Worker("setInterval(() => undefined, 1000)", { eval: true });
    const { threadId } = worker;
    const markEnded = markThreadAlive(threadId);
    onTestFinished(async () => void (await worker.terminate()));
    const file = lockedBy({ ...own, threadId });
    await expect(free(file)).rejects.toMatchObject(locked);
    markEnded();
    expect(await free(file)).toBe("free");
  });

  it("of this process without a thread, as earlier versions wrote it, is respected", async () => {
    const file = lockedBy({ pid: process.pid, host: hostname() });
    await expect(free(file)).rejects.toMatchObject(locked);
  });

  it("of a process that has ended is taken over", async () => {
    expect(await free(lockedBy({ ...own, pid: noProcess }))).toBe("free");
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
    const other = new LockProcess();
    other.send(`hold ${file}`);
    expect(await other.line()).toBe("held");
    await expect(free(file)).rejects.toMatchObject({
      ...locked,
      message: expect.stringContaining(`process ${other.child.pid} `),
    });
    other.child.kill("SIGKILL");
    await once(other.child, "exit");
    expect(existsSync(`${file}.lock`)).toBe(true);
    expect(await free(file)).toBe("free");
  });

  it("of this process is respected by another process", async () => {
    const file = stateFile();
    const other = new LockProcess();
    const hold = async (): Promise<void> => {
      other.send(`hold ${file}`);
      expect(await other.line()).toBe("STATE_LOCKED");
    };
    await withStateLock(file, hold, shortTimes);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it("of a stopped process is taken over, and that process then writes nothing", async () => {
    const file = stateFile();
    const other = new LockProcess();
    other.send(`hold ${file}`);
    expect(await other.line()).toBe("held");
    other.child.kill("SIGSTOP");
    await expect(free(file, shortTimes)).rejects.toMatchObject(locked);
    await vi.waitFor(() => free(file, shortTimes), { timeout: 10_000, interval: 200 });
    await withStateLock(file, async (lock) => {
      writeFileSync(file, "new");
      other.child.kill("SIGCONT");
      other.send("write");
      expect(await other.line()).toBe("STATE_LOCK_LOST");
      other.send("release");
      expect(await other.line()).toBe("released");
      lock.check();
    });
    expect(readFileSync(file, "utf8")).toBe("new");
    expect(readdirSync(dirname(file))).toEqual(["state.ndjson"]);
  });

  it("of a running process of another user, which cannot be signaled, is respected", async () => {
    const { processStart: _start, ...other } = own;
    const file = lockedBy({ ...other, pid: process.ppid });
    // The error that users other than root get.
    vi.spyOn(process, "kill").mockImplementation(() => {
      throw Object.assign(new Error("kill EPERM"), { code: "EPERM" });
    });
    await expect(free(file)).rejects.toMatchObject(locked);
  });

  it("that only another user may read is respected until it was not updated for 30 s", async () => {
    const file = lockedBy({ ...own, pid: noProcess });
    chmodSync(`${file}.lock`, 0);
    const folder = dirname(file);
    chmodSync(folder, 0o777);
    const attempt = (): Promise<string> => asOrdinaryUser(folder, () => free(basename(file)));
    touchedBefore(file, 28_000);
    await expect(attempt()).rejects.toMatchObject(locked);
    touchedBefore(file, 31_000);
    expect(await attempt()).toBe("free");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("of process 1, which always runs, is respected", async () => {
    const { processStart: _start, ...other } = own;
    await expect(free(lockedBy({ ...other, pid: 1 }))).rejects.toMatchObject(locked);
  });

  it.runIf(process.platform === "linux")(
    "of a process whose id now belongs to another process is taken over",
    async () => {
      for (const pid of [process.pid, process.ppid])
        expect(await free(lockedBy({ ...own, pid, processStart: "1" }))).toBe("free");
    },
  );

  it.each([
    ["another container with the same host name", { ...own, processSpace: "boot pid:[1]", pid: 1 }],
    [
      "another container whose process ids do not exist here",
      { ...own, processSpace: "boot pid:[1]", pid: noProcess },
    ],
    ["another machine", { ...own, host: "elsewhere.example", processSpace: "other pid:[1]" }],
    ["an earlier version", { pid: noProcess, host: hostname() }],
  ])("of %s is respected until it was not updated for 30 s", async (_what, holder) => {
    const file = lockedBy(holder);
    touchedBefore(file, 28_000);
    await expect(free(file)).rejects.toMatchObject(locked);
    touchedBefore(file, 31_000);
    expect(await free(file)).toBe("free");
  });

  it("is updated while it is held, also if the event loop is blocked", async () => {
    const file = stateFile();
    const age = (): number => Date.now() - statSync(`${file}.lock`).mtimeMs;
    await withStateLock(
      file,
      async () => {
        touchedBefore(file, 60_000);
        const startedMs = performance.now();
        while (age() > 10_000 && performance.now() - startedMs < 5_000);
        expect(age()).toBeLessThan(10_000);
        expect(JSON.parse(readFileSync(`${file}.lock`, "utf8")).pid).toBe(process.pid);
      },
      shortTimes,
    );
  });

  it.each([1970, 2099])(
    "has the age that the clock of the file system gives, if our clock is in %i",
    async (year) => {
      const file = lockedBy({ pid: 1, host: "elsewhere.example" });
      vi.spyOn(Date, "now").mockReturnValue(Date.UTC(year, 5));
      await expect(free(file)).rejects.toMatchObject(locked);
      vi.restoreAllMocks();
      touchedBefore(file, 31_000);
      vi.spyOn(Date, "now").mockReturnValue(Date.UTC(year, 5));
      expect(await free(file)).toBe("free");
    },
  );

  it("that was updated in the future is taken over unless it is updated again", async () => {
    const file = lockedBy({ pid: 1, host: "elsewhere.example" });
    const inFuture = (): void => utimesSync(`${file}.lock`, new Date("2099-01-01"), new Date("2099-01-01"));
    inFuture();
    const updating = setTimeout(() => touchedBefore(file, 0), shortTimes.heartbeatMs);
    await expect(free(file, shortTimes)).rejects.toMatchObject(locked);
    clearTimeout(updating);
    inFuture();
    expect(await free(file, shortTimes)).toBe("free");
  });

  it("that was updated in the future is free once it is removed", async () => {
    const file = lockedBy({ pid: 1, host: "elsewhere.example" });
    utimesSync(`${file}.lock`, new Date("2099-01-01"), new Date("2099-01-01"));
    setTimeout(() => rmSync(`${file}.lock`), shortTimes.heartbeatMs);
    expect(await free(file, shortTimes)).toBe("free");
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

  it("is lost if it is removed, and with its folder", async () => {
    const file = stateFile();
    await withStateLock(file, async (lock) => {
      lock.check();
      rmSync(`${file}.lock`);
      expect(() => lock.check()).toThrow(expect.objectContaining({ code: "STATE_LOCK_LOST" }));
      rmSync(dirname(file), { recursive: true });
      expect(() => lock.check()).toThrow(expect.objectContaining({ code: "STATE_NOT_WRITABLE" }));
    });
    expect(existsSync(dirname(file))).toBe(false);
  });

  it("is not removed by its former holder after another process took it over", async () => {
    const file = stateFile();
    const others = JSON.stringify({ ...own, pid: process.ppid, startedAt: "2026-01-01T00:00:00.000Z" });
    await withStateLock(file, async (lock) => {
      writeFileSync(`${file}.lock`, others);
      expect(() => lock.check()).toThrow(`process ${process.ppid} on ${hostname()}`);
    });
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

  it.each<[string, (path: string) => void]>([
    ["a symbolic link", (path) => symlinkSync("/dev/null", path)],
    ["a symbolic link to nothing", (path) => symlinkSync("nothing", path)],
    ["a pipe", (path) => void execFileSync("mkfifo", [path])],
    ["a folder", (path) => mkdirSync(path)],
  ])("is refused if it is %s", async (_what, create) => {
    const file = stateFile();
    create(`${file}.lock`);
    await expect(free(file)).rejects.toMatchObject({
      code: "STORED_FILE_UNSAFE",
      message: expect.stringContaining(`${file}.lock is `),
    });
    expect(readdirSync(dirname(file))).toEqual(["state.ndjson.lock"]);
  });

  it("is removed if the function fails", async () => {
    const file = stateFile();
    await expect(withStateLock(file, () => Promise.reject(new RangeError("no")))).rejects.toThrow("no");
    expect(existsSync(`${file}.lock`)).toBe(false);
  });
});
