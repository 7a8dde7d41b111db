import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { SlowBodyWatch } from "../src/http/slow-body-watch.ts";

describe("the watch of a slow body", () => {
  it("does not measure during a pause, and measures again afterwards", async () => {
    const found: unknown[] = [];
    const watch = new SlowBodyWatch(20, (error) => found.push(error.afterMs));
    watch.start();
    watch.pause();
    await sleep(60);
    expect(found).toEqual([]);
    watch.resume();
    await sleep(60);
    expect(found).toEqual([20]);
  });

  it("ends when it is stopped, also if it is resumed later", async () => {
    const found: unknown[] = [];
    const watch = new SlowBodyWatch(10, (error) => found.push(error));
    watch.start();
    watch.pause();
    watch.stop();
    // The memory that a paused body waits for may become free in the moment when its call is aborted.
    watch.resume();
    await sleep(40);
    expect(found).toEqual([]);
  });
});
