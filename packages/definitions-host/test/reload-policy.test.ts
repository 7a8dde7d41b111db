import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { defaultRetryPauseMs, ReloadPolicy } from "../src/reload/reload-policy.ts";

interface Options {
  readonly refresh: boolean;
  readonly key: string;
}

/** A policy whose loads are ended by the test. */
class Loads {
  readonly policy: ReloadPolicy<Options>;
  /** Overrides of each started load, and whether it was canceled. */
  readonly started: { readonly overrides: Partial<Options>; isCancelled: boolean }[] = [];
  idle = 0;
  #end: (outcome: { readonly isStalled: boolean }) => void = () => undefined;

  constructor(retryPauseMs: (attempt: number) => number = () => 30) {
    this.policy = new ReloadPolicy<Options>({
      start: (overrides) => {
        const load = { overrides, isCancelled: false };
        this.started.push(load);
        const ended = new Promise<{ readonly isStalled: boolean }>((resolve) => {
          this.#end = resolve;
        });
        const end = this.#end;
        return {
          ended,
          cancel: () => {
            load.isCancelled = true;
            end({ isStalled: false });
          },
        };
      },
      onIdle: () => {
        this.idle++;
      },
      retryPauseMs,
    });
  }

  async end(isStalled = false): Promise<void> {
    this.#end({ isStalled });
    await sleep(0);
  }
}

describe("the reload policy", () => {
  it("starts a load immediately for a request while no load is running, and resolves when it has ended", async () => {
    const loads = new Loads();
    let isDone = false;
    const done = loads.policy.request({ key: "a" }).then(() => {
      isDone = true;
    });
    expect(loads.started).toEqual([{ overrides: { key: "a" }, isCancelled: false }]);
    await sleep(5);
    expect([isDone, loads.policy.isLoading, loads.idle]).toEqual([false, true, 0]);
    await loads.end();
    await done;
    expect([loads.policy.isLoading, loads.idle]).toEqual([false, 1]);
  });

  it("merges requests during a load into one load that follows it, with the options of all of them", async () => {
    const loads = new Loads();
    const order: string[] = [];
    void loads.policy.request().then(() => order.push("first"));
    void loads.policy.request({ refresh: true }).then(() => order.push("second"));
    void loads.policy.request({ key: "b" }).then(() => order.push("third"));
    void loads.policy.request().then(() => order.push("fourth"));
    expect(loads.started).toHaveLength(1);
    await loads.end();
    expect(order).toEqual(["first"]);
    expect(loads.started.map(({ overrides }) => overrides)).toEqual([{}, { refresh: true, key: "b" }]);
    await loads.end();
    expect(order).toEqual(["first", "second", "third", "fourth"]);
    expect([loads.started.length, loads.idle]).toEqual([2, 1]);
  });

  it("ends the running load on an edit; the new load also handles the requests of the ended one", async () => {
    const loads = new Loads();
    const order: string[] = [];
    void loads.policy.request({ refresh: true }).then(() => order.push("request"));
    void loads.policy.request({ key: "b" }).then(() => order.push("second request"));
    void loads.policy.edited().then(() => order.push("edit"));
    void loads.policy.edited().then(() => order.push("second edit"));
    await sleep(0);
    expect(loads.started).toEqual([
      { overrides: { refresh: true }, isCancelled: true },
      { overrides: { refresh: true, key: "b" }, isCancelled: false },
    ]);
    expect(order).toEqual([]);
    await loads.end();
    expect(order).toEqual(["request", "second request", "edit", "second edit"]);
    expect(loads.started).toHaveLength(2);
  });

  it("starts a load for an edit while no load is running", async () => {
    const loads = new Loads();
    void loads.policy.edited();
    expect(loads.started).toHaveLength(1);
    await loads.end();
    expect(loads.started).toHaveLength(1);
  });

  it("retries a stalled load with its options, after growing delays, until one succeeds", async () => {
    const attempts: number[] = [];
    const loads = new Loads((attempt) => {
      attempts.push(attempt);
      return 10;
    });
    const request = loads.policy.request({ refresh: true });
    await loads.end(true);
    await request;
    for (const isStalled of [true, true, false]) {
      await sleep(25);
      await loads.end(isStalled);
    }
    await sleep(25);
    expect(attempts).toEqual([1, 2, 3]);
    expect(loads.started.map(({ overrides }) => overrides)).toEqual(Array(4).fill({ refresh: true }));
    void loads.policy.request();
    await loads.end(true);
    expect(attempts).toEqual([1, 2, 3, 1]);
    loads.policy.close();
  });

  it.each([
    [
      "a request",
      (policy: ReloadPolicy<Options>) => policy.request({ key: "b" }),
      { refresh: true, key: "b" },
    ],
    ["an edit", (policy: ReloadPolicy<Options>) => policy.edited(), { refresh: true }],
  ])("ends the delay before a retry immediately for %s", async (_what, ask, overrides) => {
    const loads = new Loads(() => 50);
    void loads.policy.request({ refresh: true });
    await loads.end(true);
    void ask(loads.policy);
    expect(loads.started.map((load) => load.overrides)).toEqual([{ refresh: true }, overrides]);
    await loads.end();
    await sleep(70);
    expect(loads.started).toHaveLength(2);
  });

  it.each([
    [
      "restarts with the shortest delay after an edit",
      (policy: ReloadPolicy<Options>) => policy.edited(),
      [1, 1],
    ],
    [
      "continues with longer delays after a request",
      (policy: ReloadPolicy<Options>) => policy.request(),
      [1, 2],
    ],
  ])("%s, if the next load stalls too", async (_what, ask, pauses) => {
    const attempts: number[] = [];
    const loads = new Loads((attempt) => {
      attempts.push(attempt);
      return 60_000;
    });
    void loads.policy.request();
    await loads.end(true);
    void ask(loads.policy);
    await loads.end(true);
    loads.policy.close();
    expect(attempts).toEqual(pauses);
  });

  it("runs the load that was requested while another one stalled, instead of a retry", async () => {
    const loads = new Loads(() => 10);
    void loads.policy.request();
    void loads.policy.request({ key: "b" });
    await loads.end(true);
    expect(loads.started.map(({ overrides }) => overrides)).toEqual([{}, { key: "b" }]);
    await loads.end();
    await sleep(25);
    expect(loads.started).toHaveLength(2);
  });

  it("ends everything when it is closed, and resolves pending requests", async () => {
    const loads = new Loads(() => 10);
    const all = Promise.all([loads.policy.request(), loads.policy.request(), loads.policy.edited()]);
    loads.policy.close();
    await all;
    await loads.policy.request();
    await sleep(25);
    expect(loads.started).toHaveLength(1);
    expect(loads.started[0]?.isCancelled).toBe(true);
  });

  it("retries nothing if it is closed when a load stalls", async () => {
    const attempts: number[] = [];
    const loads = new Loads((attempt) => {
      attempts.push(attempt);
      return 60_000;
    });
    const request = loads.policy.request();
    const ended = loads.end(true);
    loads.policy.close();
    await Promise.all([request, ended]);
    // A timer would keep the process alive.
    expect(attempts).toEqual([]);
  });

  it("waits 10 s before the first retry, twice as long before each further one, at most 10 minutes", () => {
    expect([1, 2, 3, 7, 40].map(defaultRetryPauseMs)).toEqual([10_000, 20_000, 40_000, 600_000, 600_000]);
  });
});
