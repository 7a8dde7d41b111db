import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Step {
  /** `load` waits for the end of it, `start` does not, `refresh` refreshes while a file is saved. */
  readonly type: "load" | "start" | "refresh";
  readonly changed?: { readonly assets?: number; readonly how?: "well" | "never" | "exit" | "throw" };
}

interface State {
  readonly failure: string | null;
  readonly progress: string | null;
  readonly assets: number | null;
}

/** The state after each step. */
function statesOf(assets: number, steps: readonly Step[]): readonly State[] {
  const program = join(import.meta.dirname, "fixtures", "run-worker-content.mjs");
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [program, JSON.stringify({ options: { assets }, steps })],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as State);
}

describe("definitions that are loaded in a thread", () => {
  it("are there after each of many loads, however short; the end of the thread is no failure", () => {
    const steps = Array.from({ length: 40 }, (): Step => ({ type: "load" }));
    for (const state of statesOf(0, steps))
      expect(state).toEqual({ failure: null, progress: null, assets: 0 });
  }, 60_000);

  it("stay as they were while a load fails, whatever it fails with", () => {
    const states = statesOf(2, [
      { type: "load" },
      { type: "load", changed: { how: "throw" } },
      { type: "load", changed: { how: "exit" } },
      { type: "load" },
    ]);
    expect(states).toEqual([
      { failure: null, progress: null, assets: 2 },
      { failure: "not like this", progress: null, assets: 2 },
      { failure: expect.stringContaining("ended their thread"), progress: null, assets: 2 },
      { failure: null, progress: null, assets: 2 },
    ]);
  }, 60_000);

  it("are those of the newest load: one that does not end is given up, and what it was asked for is not forgotten", () => {
    const states = statesOf(2, [
      { type: "start", changed: { how: "never" } },
      { type: "load", changed: { how: "well", assets: 3 } },
      { type: "refresh" },
    ]);
    expect(states.slice(1)).toEqual([
      { failure: null, progress: null, assets: 3 },
      { failure: null, progress: null, assets: 7 },
    ]);
  }, 60_000);
});
