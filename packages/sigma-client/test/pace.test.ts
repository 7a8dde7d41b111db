import { describe, expect, it } from "vitest";
import type { RateLimits } from "../src/http/adaptive-rate.ts";
import { Pace } from "../src/http/pace.ts";
import { SteppedClock } from "./stepped-clock.ts";

/** Calls that end when the test says so, and when each of them was let go. */
function start(limits: Partial<RateLimits> = {}): {
  readonly clock: SteppedClock;
  readonly pace: Pace;
  /** The calls that were let go, in order, with the time in ms since the start. */
  readonly started: readonly (readonly [name: string, atMs: number])[];
  /** Sends calls at once; an ended one succeeded. */
  readonly send: (names: readonly string[], signal?: AbortSignal) => readonly Promise<void>[];
  readonly end: (name: string) => Promise<void>;
  /** Calls that succeed one after the other, until the pace is as quick as it gets. */
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

describe("the pace that all calls share", () => {
  it("lets four go at first, and two more in the place of each that succeeds, in the order they came", async () => {
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

  it("never lets more go than may be in flight, however well it goes", async () => {
    const { clock, send, end, started, warmUp } = start({ maxConcurrency: 6 });
    await warmUp();
    send(names(9));
    await clock.advance(10_000);
    expect(started).toHaveLength(6);
    await end("0");
    await clock.advance(10_000);
    expect(started).toHaveLength(7);
  });

  it("lets fewer than four go at first where fewer may be in flight", async () => {
    const { clock, send, started } = start({ maxConcurrency: 2 });
    send(names(9));
    await clock.advance(10_000);
    expect(namesOf(started)).toEqual(["0", "1"]);
  });

  it("gives the place of a call that failed to the next", async () => {
    const { clock, pace, send, started } = start({ maxConcurrency: 1 });
    const failing = pace.run(() => Promise.reject(new Error("lost")));
    send(["next"]);
    await expect(failing).rejects.toThrow("lost");
    await clock.advance(1_000);
    expect(namesOf(started)).toEqual(["next"]);
  });

  it("sends no more a second than were asked for", async () => {
    const { clock, send, started } = start({ requestsPerSecond: 10 });
    send(names(4));
    await clock.advance(1_000);
    expect(started.map(([, atMs]) => atMs)).toEqual([0, 100, 200, 300]);
  });

  it("holds back those that wait and those that come, exactly until a pause is over", async () => {
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

  it("keeps to the longest of several pauses, also for those that sleep already", async () => {
    const { clock, pace, send, started } = start();
    pace.pause(5_000);
    send(["sleeps"]);
    await clock.advance(1_000);
    pace.pause(10_000);
    pace.pause(100);
    await clock.advance(60_000);
    expect(started).toEqual([["sleeps", 11_000]]);
  });

  it("holds back one that waits for its moment when a pause begins meanwhile", async () => {
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

  it("lets a quarter go after a refusal, 100 ms apart", async () => {
    const { clock, pace, send, started, warmUp } = start();
    await warmUp();
    pace.refused(clock.now());
    send(names(9));
    await clock.advance(10_000);
    const [[, first] = ["", 0]] = started;
    expect(started.map(([, atMs]) => atMs - first)).toEqual([0, 100, 200, 300]);
  });

  it.each<[string, Partial<RateLimits>, pauseMs: number]>([
    ["for a place", { maxConcurrency: 1 }, 0],
    ["for its moment", { requestsPerSecond: 0.01 }, 0],
    ["for the end of a pause", {}, 3_600_000],
  ])("lets a call that waits %s give up at once, and the others go on", async (_what, limits, pauseMs) => {
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
  });

  it("refuses a call whose signal is aborted already, though it would have to wait", async () => {
    const { clock, send } = start({ maxConcurrency: 1 });
    send(["first"]);
    await clock.advance(0);
    const [aborted] = send(["aborted"], AbortSignal.abort(new Error("too late")));
    await expect(aborted).rejects.toThrow("too late");
  });
});
