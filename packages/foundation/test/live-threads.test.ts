import { once } from "node:events";
import { setEnvironmentData, Worker } from "node:worker_threads";
import { beforeEach, describe, expect, it } from "vitest";
import { isThreadAlive, markThreadAlive, prepareThreads } from "../src/live-threads.ts";

/** The number of threads that are tracked. */
const capacity = 1_024;

beforeEach(() => setEnvironmentData("dagster-sigma.live-threads", undefined));

async function liveInThread(other: number): Promise<unknown> {
  const worker = new Worker(new URL("./fixtures/which-threads-live.mjs", import.meta.url), {
    workerData: { other },
  });
  const [alive] = await once(worker, "message");
  await worker.terminate();
  return alive;
}

describe("the live threads of a process", () => {
  it("are unknown until they are prepared, except for the main thread", () => {
    expect([isThreadAlive(7), isThreadAlive(0)]).toEqual([null, true]);
    expect(() => markThreadAlive(7)()).not.toThrow();
    expect(isThreadAlive(7)).toBe(null);
  });

  it("are those that are marked, until they end", () => {
    prepareThreads();
    const endSeven = markThreadAlive(7);
    const endEight = markThreadAlive(8);
    prepareThreads();
    expect([7, 8, 9, 0].map(isThreadAlive)).toEqual([true, true, false, true]);
    endSeven();
    markThreadAlive(9);
    expect([7, 8, 9].map(isThreadAlive)).toEqual([false, true, true]);
    endEight();
    expect([7, 8, 9].map(isThreadAlive)).toEqual([false, false, true]);
  });

  it("include the main thread, which every thread knows without preparation", async () => {
    expect(await liveInThread(500)).toEqual([true, true, null, null]);
  });

  it("are known to each other, and each thread knows that it is alive itself", async () => {
    prepareThreads();
    markThreadAlive(500);
    expect(await liveInThread(500)).toEqual([true, true, true, false]);
  });

  it("are tracked up to a limit, and further ones are ignored", () => {
    prepareThreads();
    const ends = Array.from({ length: capacity }, (_, at) => markThreadAlive(at + 1));
    expect([1, capacity].map(isThreadAlive)).toEqual([true, true]);
    const endUntracked = markThreadAlive(capacity + 1);
    expect(isThreadAlive(capacity + 1)).toBe(false);
    endUntracked();
    for (const end of ends) end();
    expect([1, capacity].map(isThreadAlive)).toEqual([false, false]);
  });
});
