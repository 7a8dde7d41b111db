import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runSource, type Step } from "./run-source.ts";

/** The position of a text in the module that the tests load, as `file:line:column`. */
function placeOf(text: string): string {
  const name = "definitions-module.mjs";
  const lines = readFileSync(join(import.meta.dirname, "fixtures", name), "utf8").split("\n");
  const line = lines.findIndex((each) => each.includes(text));
  return `${name}:${line + 1}:${(lines[line] ?? "").indexOf(text) + 1}`;
}

const current: Step = ["current"];
const good: Step = ["reload", { how: "well", key: "good" }];

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly excerpt: string | null;
  readonly stack: readonly string[];
}

describe("definitions", () => {
  it.each([
    ["throw", "throws", "RangeError", `${placeOf("new RangeError")}: not like this`],
    ["exit", "exits", "DEFINITIONS_EXITED", `${placeOf("exit(3)")}: .*process\\.exit\\(3\\)`],
    [
      "reject a promise",
      "rejects",
      "DEFINITIONS_UNCAUGHT",
      `${placeOf('new TypeError("not awaited')}: .*not awaited`,
    ],
    [
      "throw in a callback",
      "calls back",
      "DEFINITIONS_UNCAUGHT",
      `${placeOf('new TypeError("late')}: .*late`,
    ],
    ["hang with a timer alive", "hangs", "DEFINITIONS_STALLED", "3 s without activity; .*loading a"],
    ["await a promise that never settles", "settles never", "DEFINITIONS_UNSETTLED", "promise"],
    ["loop", "loops", "DEFINITIONS_STALLED", "3 s without activity; .*loading a"],
  ])("that %s have a specific error, and the next load succeeds", async (_what, how, name, message) => {
    const steps: readonly Step[] = [["reload", { how }], current, good, current];
    const { results, loads } = await runSource(steps, { how }, { loadTimeoutMs: 3_000 });
    expect(results[1]?.["failure"]).toMatchObject({
      name,
      message: expect.stringMatching(new RegExp(message)),
    });
    expect(results[3]).toMatchObject({ keys: ["key good"], failure: null, progress: null });
    expect(loads.slice(0, 2)).toEqual([name, "key good"]);
  });

  it("that exceed the memory limit have a specific error, and the process survives", async () => {
    const steps: readonly Step[] = [["reload"], current, good, current];
    const limit = "--max-old-space-size=80";
    const { results } = await runSource(steps, { how: "out of memory" }, {}, limit);
    expect(results[1]?.["failure"]).toMatchObject({ name: "DEFINITIONS_OUT_OF_MEMORY" });
    expect(results[3]).toMatchObject({ keys: ["key good"], failure: null });
  });

  it("that throw show the user's line first: in the message, as an excerpt, and as the first frame", async () => {
    const { results } = await runSource([["reload"], current], { how: "throws" });
    const failure = results[1]?.["failure"] as Failure | undefined;
    const [line = "", mark = ""] = (failure?.excerpt ?? "").split("\n");
    expect(line).toContain('|       throw new RangeError("not like this");');
    expect(line.slice(mark.indexOf("^"))).toMatch(/^new RangeError/);
    expect(failure?.stack[0]).toContain(placeOf("new RangeError"));
  });

  it("that loop are interrupted by an edit immediately, before the time limit", async () => {
    const steps: readonly Step[] = [["start", "reload"], ["loading", "loading a"], ["edited"], ["wait"]];
    const { loads } = await runSource(steps, { how: "loops" }, { loadTimeoutMs: 3_000 });
    // Both the load and the one after the edit loop; neither request is lost.
    expect(loads).toEqual(["DEFINITIONS_STALLED"]);
  });
});

describe("a load", () => {
  it("succeeds in a program that `node --eval` runs", async () => {
    const { results } = await runSource([["reload"], current], { key: "inline" }, {}, "", true);
    expect(results[1]).toMatchObject({ keys: ["key inline"], failure: null });
  });

  it("continues as long as it shows activity, by requests or output", async () => {
    for (const how of ["is slow", "prints"]) {
      const { results, output } = await runSource([["reload"], current], { how }, { loadTimeoutMs: 1_000 });
      expect(results[1]).toMatchObject({ keys: ["key a"], failure: null });
      expect(output.includes("printed 7")).toBe(how === "prints");
    }
  });

  it("shows whether it is a refresh before the definitions report progress", async () => {
    const { results } = await runSource([
      ["reload"],
      ["start", "reload"],
      current,
      ["wait"],
      ["start", "refresh"],
      current,
      ["wait"],
    ]);
    const shown = results.flatMap((result) => ("keys" in result ? [result["progress"]] : []));
    expect(shown).toEqual(["Loading the definitions", "Refreshing"]);
  });

  it("ends its thread if the definitions have no sensors, even if they left a timer", async () => {
    const steps: readonly Step[] = [["reload", { how: "leaves a timer" }], current, ["sleep", 500], current];
    const { results, loads, output } = await runSource(steps);
    expect(output).toBe("");
    // Nothing is loaded again.
    expect(results[1]).toMatchObject({ keys: ["key a"], failure: null, progress: null });
    expect(results[2]).toEqual(results[1]);
    expect(loads).toEqual(["key a"]);
  });

  it("hands over the memory of typed arrays: its thread, which evaluates sensors, keeps no copy", async () => {
    const ask: Step = ["evaluateSensor", { name: "answers", cursor: "bytes", lastTickAt: null }];
    const { results } = await runSource([["reload"], current, ask], { sensors: true });
    expect(results.slice(1)).toMatchObject([{ bytes: 1 }, { encoded: "answers: 0 bytes" }]);
  });

  it("that stalls is retried automatically, after growing delays", async () => {
    const steps: readonly Step[] = [["reload"], current, ["sleep", 1_300], current];
    const { results, loads } = await runSource(steps, { how: "hangs" }, { loadTimeoutMs: 250 });
    expect(results[1]?.["failure"]).toMatchObject({ name: "DEFINITIONS_STALLED" });
    expect(loads.length).toBeGreaterThanOrEqual(2);
    expect(loads.length).toBeLessThanOrEqual(4);
  });

  it("that fails keeps the last good content and its sensors", async () => {
    const steps: readonly Step[] = [
      ["reload"],
      ["reload", { how: "throws" }],
      current,
      ["evaluateSensor", { name: "answers", cursor: "c", lastTickAt: null }],
    ];
    const { results } = await runSource(steps, { sensors: true });
    expect(results[2]).toMatchObject({ keys: ["key a"], failure: { name: "RangeError" } });
    expect(results[3]).toEqual({ type: "result", encoded: "answers: c+1" });
  });
});

describe("sensors in the thread of their definitions", () => {
  const evaluate = (name: string, cursor: string | null = "c"): Step => [
    "evaluateSensor",
    { name, cursor, lastTickAt: null },
  ];
  const start = (name: string): Step => ["start", ...evaluate(name)];

  it("that loop are terminated with their thread; the others are interrupted, and all work afterwards", async () => {
    const steps: readonly Step[] = [
      ["reload"],
      start("loops"),
      start("answers"),
      ["sleep", 100],
      current,
      ["wait"],
      evaluate("answers"),
    ];
    const { results } = await runSource(steps, { sensors: true }, { sensorTimeoutMs: 500 });
    expect(results[1]).toMatchObject({ keys: ["key a"] });
    expect(results.slice(2, 4)).toMatchObject([
      { type: "failure", failure: { name: "SENSOR_TIMED_OUT" } },
      { type: "failure", failure: { name: "SENSOR_INTERRUPTED" } },
    ]);
    expect(results[4]).toEqual({ type: "result", encoded: "answers: c+1" });
  });

  it("that start after a looping sensor fail as interrupted", async () => {
    const steps: readonly Step[] = [
      ["reload"],
      start("loops"),
      ["sleep", 2_000],
      start("answers"),
      ["wait"],
      evaluate("answers"),
    ];
    const { results } = await runSource(steps, { sensors: true }, { sensorTimeoutMs: 1_500 });
    expect(results.slice(1)).toMatchObject([
      { failure: { name: "SENSOR_TIMED_OUT" } },
      { failure: { name: "SENSOR_INTERRUPTED" } },
      { encoded: "answers: c+1" },
    ]);
  });

  it("are signaled shortly before the limit, and their results until then are reported", async () => {
    const { results } = await runSource(
      [["reload"], evaluate("slow")],
      { sensors: true },
      { sensorTimeoutMs: 300 },
    );
    expect(results[1]).toEqual({ type: "result", encoded: "slow: as far as I got" });
  });

  it("that terminate their thread fail with the reason, and work at the next tick", async () => {
    const steps: readonly Step[] = [
      ["reload"],
      evaluate("exits"),
      evaluate("answers"),
      evaluate("throws"),
      current,
    ];
    const { results, loads } = await runSource(steps, { sensors: true });
    expect(results[1]).toMatchObject({
      type: "failure",
      failure: { name: "SENSOR_INTERRUPTED", cause: { name: "DEFINITIONS_EXITED" } },
    });
    expect(results[2]).toEqual({ type: "result", encoded: "answers: c+1" });
    expect(results[3]).toMatchObject({
      failure: {
        name: "SyntaxError",
        message: expect.stringMatching(/definitions-module\.mjs:\d+:11: not in/),
      },
    });
    expect(loads).toEqual(["key a", "key a"]);
  });

  it("that run during a reload finish in the thread in which they started", async () => {
    const steps: readonly Step[] = [
      ["reload"],
      start("slow"),
      ["sleep", 50],
      ["reload", { key: "b" }],
      ["wait"],
    ];
    const { results } = await runSource(steps, { sensors: true }, { sensorTimeoutMs: 600 });
    expect(results).toContainEqual({ type: "result", encoded: "slow: as far as I got" });
  });
});
