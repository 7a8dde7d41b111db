import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Step {
  readonly do: string;
  readonly name?: string;
  readonly options?: { readonly how?: string; readonly key?: string };
}

interface Outcome {
  readonly results: readonly Readonly<Record<string, unknown>>[];
  readonly loads: readonly { readonly isNews: boolean; readonly isGood: boolean }[];
}

function run(steps: readonly Step[], options: { readonly keepLastGood?: boolean } = {}): Outcome {
  const script = join(import.meta.dirname, "fixtures", "run-worker-content.mjs");
  const args = [script, JSON.stringify({ steps, ...options })];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 20_000 });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

const current: Step = { do: "current" };
const reload = (how: string, key = "a"): Step => ({ do: "reload", options: { how, key } });

describe("content that is loaded in a thread", () => {
  it("is an error that says so until it is there", () => {
    const { results } = run([current, reload("good"), current]);
    expect(results.map(({ name }) => name)).toEqual(["CODE_LOCATION_LOADING", null]);
  });

  it.each([
    ["process.exit()", "exit", "CODE_LOCATION_CRASHED"],
    ["a promise that nobody waits for", "rejection", "CODE_LOCATION_CRASHED"],
    ["an error", "throw", "RangeError"],
  ])("is an error after %s, and comes with the next good load", (_what, how, name) => {
    const { results } = run([reload(how), current, reload("good"), current]);
    expect(results.map((result) => result["name"])).toEqual([name, null]);
  });

  it("stays where that is wished, and the same again is no news", () => {
    const steps = [reload("good"), current, reload("throw"), current, reload("good"), current];
    const { results, loads } = run(steps, { keepLastGood: true });
    expect(new Set(results.map(({ serverId }) => serverId)).size).toBe(1);
    expect(loads).toEqual([
      { isNews: true, isGood: true },
      { isNews: false, isGood: false },
      { isNews: false, isGood: true },
    ]);
  });

  it("is loaded once after a load that is under way, however often that is asked for", () => {
    const step = { do: "reload, not waited for" };
    expect(run([step, step, { ...step, options: { key: "b" } }, step, { do: "wait" }]).loads).toHaveLength(2);
  });

  it("answers a sensor that was asked before a reload, and one whose thread ends", () => {
    const { results } = run([
      reload("good"),
      { do: "sensor, not waited for", name: "slow" },
      reload("good", "b"),
      { do: "wait" },
      { do: "sensor", name: "slow" },
      { do: "sensor", name: "exiting" },
      current,
    ]);
    expect(results).toMatchObject([
      { class: "SensorExecutionData", cursor: "a" },
      { class: "SensorExecutionData", cursor: "b" },
      { class: "ExternalSensorExecutionErrorData", name: "CODE_LOCATION_CRASHED" },
      { type: "repository" },
    ]);
  });
});
