import { describe, expect, it } from "vitest";
import type { RateLimits } from "../src/http/adaptive-rate.ts";
import { Pace } from "../src/http/pace.ts";
import { SteppedClock } from "./stepped-clock.ts";

/** Calls that the test ends, and the time at which the pace started each of them. */
function start(limits: Partial<RateLimits> = {}): {
  readonly clock: SteppedClock;
  readonly pace: Pace;
  /** The started calls, in order, each with its start time in ms since the start of the test. */
  readonly started: readonly (readonly [name: string, atMs: number])[];
  /** Sends calls immediately. A call succeeds when it is ended. */
  readonly send: (names: readonly string[], signal?: AbortSignal) => readonly Promise<void>[];
  readonly end: (name: string) => Promise<void>;
  /** Runs successful calls one after the other until the pace has reached its maximum. */
  readonly warmUp: () => Promise<void>;
} {
  const clock = new SteppedClock();
  const startedMs = clock.now();
  const pace = new Pace({ maxConcurrency: 16, ...limits, clock });
  const started: (readonly [string, number])[] = [];
  const ends = new Map<string, () => void>();
  const sendOne = (name: string, signal?: AbortSignal): Promise<void> =>
    pace.run(async () => {
      started.push([name, clock.now() - startedMs]);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      pace.succeeded();
    }, signal);
  return {
    clock,
    pace,
    started,
    send: (names, signal) => names.map((name) => sendOne(name, signal)),
    end: async (name) => {
      ends.get(name)?.();
      await clock.advance(0);
    },
    warmUp: async () => {
      for (let call = 0; call < 40; call++) {
        await Promise.all([pace.run(() => Promise.resolve(pace.succeeded())), clock.advance(100)]);
      }
    },
  };
}

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${index}`);
const namesOf = (started: readonly (readonly [string, number])[]): readonly string[] =>
  started.map(([name]) => name);

describe("the pace shared by all calls", () => {
  it("starts four calls at first, then two waiting calls for each success, in order of arrival", async () => {
    const { clock, send, end, started } = start();
    send(names(9));
    await clock.advance(10_000);
    expect(namesOf(started)).toEqual(["0", "1", "2", "3"]);
    await end("2");
    await clock.advance(10_000);
    expect(namesOf(started)).toEqual(["0", "1", "2", "3", "4", "5"]);
    await end("0");
    await clock.advance(10_000);
    expect(namesOf(started)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
  });

  it("never exceeds maxConcurrency, for any number of successes", async () => {
    const { clock, send, end, started, warmUp } = start({ maxConcurrency: 6 });
    await warmUp();
    send(names(9));
    await clock.advance(10_000);
    expect(started).toHaveLength(6);
    await end("0");
    await clock.advance(10_000);
    expect(started).toHaveLength(7);
  });

  it("starts fewer than four calls at first if maxConcurrency is lower", async () => {
    const { clock, send, started } = start({ maxConcurrency: 2 });
    send(names(9));
    await clock.advance(10_000);
    expect(namesOf(started)).toEqual(["0", "1"]);
  });

  it("starts the next call when a call has failed", async () => {
    const { clock, pace, send, started } = start({ maxConcurrency: 1 });
    const failing = pace.run(() => Promise.reject(new Error("lost")));
    send(["next"]);
    await expect(failing).rejects.toThrow("lost");
    await clock.advance(1_000);
    expect(namesOf(started)).toEqual(["next"]);
  });

  it("does not exceed requestsPerSecond", async () => {
    const { clock, send, started } = start({ requestsPerSecond: 10 });
    send(names(4));
    await clock.advance(1_000);
    expect(started.map(([, atMs]) => atMs)).toEqual([0, 100, 200, 300]);
  });

  it("delays waiting and new calls until a pause ends, and no longer", async () => {
    const { clock, pace, send, started } = start();
    pace.pause(10_000);
    send(["waits"]);
    await clock.advance(5_000);
    send(["comes"]);
    await clock.advance(4_999);
    expect(started).toEqual([]);
    await clock.advance(1);
    expect(started).toEqual([
      ["waits", 10_000],
      ["comes", 10_000],
    ]);
  });

  it("applies the longest of several pauses, also to calls that already wait for a shorter one", async () => {
    const { clock, pace, send, started } = start();
    pace.pause(5_000);
    send(["sleeps"]);
    await clock.advance(1_000);
    pace.pause(10_000);
    pace.pause(100);
    await clock.advance(60_000);
    expect(started).toEqual([["sleeps", 11_000]]);
  });

  it("delays a call that waits for the rate limit when a pause begins", async () => {
    const { clock, pace, send, started } = start({ requestsPerSecond: 1 });
    send(["first", "second"]);
    await clock.advance(500);
    pace.pause(5_000);
    await clock.advance(60_000);
    expect(started).toEqual([
      ["first", 0],
      ["second", 5_500],
    ]);
  });

  it("allows a quarter of the calls in flight after a 429, 100 ms apart", async () => {
    const { clock, pace, send, started, warmUp } = start();
    await warmUp();
    pace.refused(clock.now());
    send(names(9));
    await clock.advance(10_000);
    const [[, first] = ["", 0]] = started;
    expect(started.map(([, atMs]) => atMs - first)).toEqual([0, 100, 200, 300]);
  });

  it.each<[string, Partial<RateLimits>, pauseMs: number]>([
    ["for a free slot", { maxConcurrency: 1 }, 0],
    ["for the rate limit", { requestsPerSecond: 0.01 }, 0],
    ["for the end of a pause", {}, 3_600_000],
  ])(
    "rejects an aborted call that waits %s immediately, and continues the others",
    async (_what, limits, pauseMs) => {
      const { clock, pace, send, end, started } = start(limits);
      send(["first"]);
      await clock.advance(0);
      pace.pause(pauseMs);
      const controller = new AbortController();
      const [impatient] = send(["impatient"], controller.signal);
      send(["patient"]);
      await clock.advance(1);
      controller.abort(new Error("changed my mind"));
      await expect(impatient).rejects.toThrow("changed my mind");
      await end("first");
      await clock.advance(3_600_000);
      expect(namesOf(started)).toEqual(["first", "patient"]);
    },
  );

  it("rejects a call whose signal is already aborted, without waiting for a slot", async () => {
    const { clock, send } = start({ maxConcurrency: 1 });
    send(["first"]);
    await clock.advance(0);
    const [aborted] = send(["aborted"], AbortSignal.abort(new Error("too late")));
    await expect(aborted).rejects.toThrow("too late");
  });
});
