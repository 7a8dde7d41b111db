import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { onAbort } from "../src/on-abort.ts";

describe("onAbort", () => {
  it("calls each callback once, also those added twice, in the order of their addition", () => {
    const controller = new AbortController();
    const calls: number[] = [];
    const twice = (): void => void calls.push(2);
    onAbort(controller.signal, () => calls.push(1));
    onAbort(controller.signal, twice);
    onAbort(controller.signal, twice);
    controller.abort();
    expect(calls).toEqual([1, 2, 2]);
  });

  it("adds one listener to a signal, which it removes with the last callback", () => {
    const { signal } = new AbortController();
    const stops = Array.from({ length: 50 }, () => onAbort(signal, () => undefined));
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    for (const [index, stop] of stops.entries()) {
      expect(getEventListeners(signal, "abort"), `before ${index}`).toHaveLength(1);
      stop();
      stop();
    }
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("calls exactly the callbacks that were not stopped, whatever the order of stops", () => {
    for (const stopped of [[0], [2], [0, 1], [2, 0], [1, 2, 0], [1, 1, 1]]) {
      const controller = new AbortController();
      const called = new Set<number>();
      const stops = [0, 1, 2].map((id) => onAbort(controller.signal, () => called.add(id)));
      for (const id of stopped) stops[id]?.();
      const last = onAbort(controller.signal, () => called.add(3));
      controller.abort();
      last();
      expect([...called].sort(), String(stopped)).toEqual([0, 1, 2, 3].filter((id) => !stopped.includes(id)));
    }
  });

  it("does not keep what a stopped callback refers to", () => {
    setFlagsFromString("--expose-gc");
    const gc = runInNewContext("gc") as () => void;
    const { signal } = new AbortController();
    const keep = onAbort(signal, () => undefined);
    const add = (): readonly [() => void, WeakRef<object>] => {
      const large = { size: 1 };
      return [onAbort(signal, () => void large.size), new WeakRef(large)];
    };
    const added = Array.from({ length: 10 }, add);
    for (const [stop] of added) stop();
    const refs = added.splice(0).map(([, ref]) => ref);
    return new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      gc();
      expect(refs.filter((ref) => ref.deref() !== undefined)).toEqual([]);
      keep();
    });
  });
});
