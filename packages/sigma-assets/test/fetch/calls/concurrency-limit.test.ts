import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { ConcurrencyLimit } from "../../../src/fetch/calls/concurrency-limit.ts";

/** Tasks that are ended by the test. */
function start(slots: number): {
  readonly begun: readonly string[];
  readonly run: (name: string) => Promise<string>;
  readonly end: (name: string, error?: Error) => Promise<void>;
  readonly abort: (error: Error) => void;
} {
  const controller = new AbortController();
  const limit = new ConcurrencyLimit(slots, controller.signal);
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  return {
    begun,
    run: (name) =>
      limit.run(
        () =>
          new Promise((resolve, reject) => {
            begun.push(name);
            ends.set(name, (error) => (error === undefined ? resolve(name) : reject(error)));
          }),
      ),
    end: async (name, error) => {
      ends.get(name)?.(error);
      await setImmediate();
    },
    abort: (error) => controller.abort(error),
  };
}

describe("a concurrency limit", () => {
  it("starts one task per slot, and one more for each that ends, in order of arrival", async () => {
    const { begun, run, end } = start(2);
    const tasks = ["a", "b", "c", "d"].map(run);
    await setImmediate();
    expect(begun).toEqual(["a", "b"]);
    await end("b");
    expect(begun).toEqual(["a", "b", "c"]);
    await end("a");
    expect(begun).toEqual(["a", "b", "c", "d"]);
    await end("d");
    await end("c");
    expect(await Promise.all(tasks)).toEqual(["a", "b", "c", "d"]);
  });

  it("frees the slots of ended tasks, including failed ones", async () => {
    const { begun, run, end } = start(2);
    const failing = [run("a"), run("b")].map((task) => expect(task).rejects.toThrow("lost"));
    await end("a", new Error("lost"));
    await end("b", new Error("lost"));
    await Promise.all(failing);
    for (const name of ["c", "d", "e"]) void run(name);
    await setImmediate();
    expect(begun).toEqual(["a", "b", "c", "d"]);
  });

  it("does not start a waiting task after its signal was aborted", async () => {
    const { begun, run, end, abort } = start(1);
    const [first, ...others] = ["a", "b", "c"].map(run);
    abort(new Error("enough"));
    const refused = others.map((task) => expect(task).rejects.toThrow("enough"));
    await end("a");
    await Promise.all(refused);
    expect([await first, begun]).toEqual(["a", ["a"]]);
  });
});
