import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { markThreadAlive, prepareThreads } from "@dagster-sigma/foundation/threads";
import { describe, expect, it, onTestFinished } from "vitest";
import { withStateLock } from "../../../src/fetch/store/state-lock.ts";

function stateFile(): string {
  return join(mkdtempSync(join(tmpdir(), "dagster-sigma-lock-")), "state.ndjson");
}

function lockedBy(holder: object): string {
  const file = stateFile();
  writeFileSync(`${file}.lock`, JSON.stringify({ startedAt: new Date().toISOString(), ...holder }));
  return file;
}

const own = { pid: process.pid, host: hostname() };

describe("a state lock", () => {
  it("is held during the function, names its thread, and is removed afterwards", async () => {
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

  it("of a thread in this process is taken over only after the thread has ended", async () => {
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
    // A process id above the maximum on Linux.
    const file = lockedBy({ ...own, pid: 2 ** 22 + 1, threadId: 0 });
    expect(await withStateLock(file, () => Promise.resolve("free"))).toBe("free");
  });
});
