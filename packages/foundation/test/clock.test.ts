import { describe, expect, it } from "vitest";
import { type Clock, ManualClock, systemClock } from "../src/index.ts";

describe.each<[string, () => Clock]>([
  ["the machine's clock", () => systemClock],
  ["a clock for tests", () => new ManualClock()],
])("what is promised of every clock: %s", (_which, create) => {
  it("has gone on by what was slept when the sleep ends, and not much before", async () => {
    const clock = create();
    const startMs = clock.now();
    const sleep = clock.sleep(30);
    await sleep;
    // A timer may end within the millisecond before.
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(29);
  });

  it("ends a sleep at once with the reason of a signal that is aborted before or while it sleeps", async () => {
    const clock = create();
    const controller = new AbortController();
    const startMs = performance.now();
    const sleep = clock.sleep(60_000, controller.signal);
    controller.abort(new RangeError("enough"));
    await expect(sleep).rejects.toThrow(RangeError);
    await expect(clock.sleep(60_000, controller.signal)).rejects.toThrow("enough");
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });

  it("ends a sleep well whose signal is aborted afterwards", async () => {
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
