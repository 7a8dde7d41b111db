import { describe, expect, it } from "vitest";
import { type Clock, ManualClock, systemClock } from "../src/index.ts";

describe.each<[string, () => Clock]>([
  ["the machine's clock", () => systemClock],
  ["a clock for tests", () => new ManualClock()],
])("the contract of a clock: %s", (_which, create) => {
  it("has advanced by the requested time when a sleep ends, and not much earlier", async () => {
    const clock = create();
    const startMs = clock.now();
    const sleep = clock.sleep(30);
    await sleep;
    // A timer may fire up to 1 ms early.
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(29);
  });

  it("rejects a sleep immediately with the reason of a signal that is aborted before or during the sleep", async () => {
    const clock = create();
    const controller = new AbortController();
    const startMs = performance.now();
    const sleep = clock.sleep(60_000, controller.signal);
    controller.abort(new RangeError("enough"));
    await expect(sleep).rejects.toThrow(RangeError);
    await expect(clock.sleep(60_000, controller.signal)).rejects.toThrow("enough");
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });

  it("resolves a sleep whose signal is aborted after it has ended", async () => {
    const controller = new AbortController();
    const sleep = create().sleep(1, controller.signal);
    await sleep;
    controller.abort(new Error("late"));
    await expect(sleep).resolves.toBeUndefined();
  });
});

describe("ManualClock", () => {
  it("sleeps without waiting and records each sleep", async () => {
    const clock = new ManualClock(1_000);
    await clock.sleep(3_600_000);
    clock.advance(5);
    expect(clock.now()).toBe(3_601_005);
    expect(clock.slept).toEqual([3_600_000]);
  });
});
