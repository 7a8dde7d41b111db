import { describe, expect, it } from "vitest";
import { ManualClock, systemClock } from "../src/index.ts";

describe("systemClock", () => {
  it("rejects a sleep with the signal's reason when the signal is aborted", async () => {
    const controller = new AbortController();
    const sleep = systemClock.sleep(60_000, controller.signal);
    controller.abort(new Error("enough"));
    await expect(sleep).rejects.toThrow("enough");
    await expect(systemClock.sleep(60_000, controller.signal)).rejects.toThrow("enough");
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
