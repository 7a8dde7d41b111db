import { setTimeout as sleep } from "node:timers/promises";
import { AssetSpec, Definitions, SensorDefinition } from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import { createOutlet, InProcessDefinitionsSource } from "../src/index.ts";
import * as encoder from "./fixtures/key-encoder.mjs";
import { type Outcome, runSource, type Step } from "./run-source.ts";

/** Runs the same steps on an in-process source: every source must fulfill the same contract. */
async function runInProcess(steps: readonly Step[]): Promise<Outcome> {
  const loads: string[] = [];
  const results: Readonly<Record<string, unknown>>[] = [];
  const waiting: Promise<unknown>[] = [];
  let overrides: { readonly how?: string; readonly key?: string } = {};
  const source = new InProcessDefinitionsSource({
    outlet: createOutlet(encoder, new URL("file:///none.mjs"), { prefix: "key " }),
    load: async (onProgress) => {
      const { how = "well", key = "a" } = overrides;
      onProgress(`loading ${key}`);
      if (how === "takes a while") await sleep(400);
      if (how === "throws") throw new RangeError("not like this");
      const sensor = new SensorDefinition({ name: "answers", evaluate: () => ({ cursor: "done" }) });
      return new Definitions({ assets: [new AssetSpec({ key })], sensors: [sensor] });
    },
    isRefreshable: true,
    onLoaded: ({ content, failure }) => loads.push(String(content?.keys?.[0] ?? failure?.name)),
  });
  const call = (what: string, args: readonly unknown[]): Promise<unknown> => {
    if (what === "reload" && args[0] !== undefined) overrides = args[0] as typeof overrides;
    if (what === "refresh") overrides = { key: "refreshed" };
    return what === "evaluateSensor"
      ? source.evaluateSensor(args[0] as Parameters<typeof source.evaluateSensor>[0])
      : (source[what as "reload" | "refresh" | "edited"]?.() ?? Promise.resolve());
  };
  for (const [what, ...args] of steps) {
    if (what === "current") {
      const { content, failure, progress } = source.current();
      results.push({ keys: content?.keys ?? null, bytes: content?.bytes?.[0] ?? null, failure, progress });
    } else if (what === "start") waiting.push(call(String(args[0]), args.slice(1)));
    else if (what === "wait") await Promise.all(waiting.splice(0));
    else if (what === "loading") while (source.current().progress !== args[0]) await sleep(5);
    else results.push(((await call(what, args)) ?? { ms: 0 }) as (typeof results)[number]);
  }
  await source.close();
  return { results, loads, output: "" };
}

const current: Step = ["current"];

describe.each([
  ["in a worker thread", (steps: readonly Step[]) => runSource(steps, { sensors: true })],
  ["in this thread", runInProcess],
])("a source of definitions %s", (_where, run) => {
  it("is empty before its first load, and then returns the encoded content", async () => {
    const { results, loads } = await run([current, ["reload"], current]);
    expect(results[0]).toMatchObject({ keys: null, failure: null });
    expect(results[2]).toEqual({ keys: ["key a"], bytes: 1, failure: null, progress: null });
    expect(loads).toEqual(["key a"]);
  });

  it("keeps the last good content and the failure of the last load, until a load succeeds", async () => {
    const { results, loads } = await run([
      ["reload"],
      ["reload", { how: "throws" }],
      current,
      ["reload", { how: "well" }],
      current,
    ]);
    const failure = { name: "RangeError", code: null, message: expect.stringMatching(/not like this$/) };
    expect(results[2]).toMatchObject({ keys: ["key a"], failure, progress: null });
    expect(results[4]).toMatchObject({ keys: ["key a"], failure: null });
    expect(loads).toEqual(["key a", "RangeError", "key a"]);
  });

  it("shows the failure of a first load", async () => {
    const { results } = await run([["reload", { how: "throws" }], current]);
    expect(results[1]).toMatchObject({ keys: null, failure: { name: "RangeError" }, progress: null });
  });

  it("shows progress while it loads, and returns the previous content meanwhile", async () => {
    const { results } = await run([
      ["reload"],
      ["start", "reload", { how: "takes a while", key: "b" }],
      ["loading", "loading b"],
      current,
      ["wait"],
      current,
    ]);
    const shown = results.filter((result) => "keys" in result);
    expect(shown).toMatchObject([
      { keys: ["key a"], progress: "loading b" },
      { keys: ["key b"], progress: null },
    ]);
  });

  it("merges requests during a load into one load that follows it", async () => {
    const { loads } = await run([
      ["start", "reload", { how: "takes a while" }],
      ["start", "reload"],
      ["start", "reload"],
      ["start", "refresh"],
      ["wait"],
    ]);
    expect(loads).toHaveLength(2);
    expect(loads[1]).toBe("key refreshed");
  });

  it("abandons the running load on an edit", async () => {
    const { loads } = await run([
      ["start", "reload", { how: "takes a while" }],
      ["loading", "loading a"],
      ["start", "edited"],
      ["wait"],
    ]);
    expect(loads).toHaveLength(1);
  });

  it("evaluates its sensors, and reports a sensor that it does not have as unknown", async () => {
    const ask = (name: string): Step => ["evaluateSensor", { name, cursor: null, lastTickAt: null }];
    const { results } = await run([ask("answers"), ["reload"], ask("answers"), ask("gone")]);
    const unknown = { type: "failure", failure: { code: "SENSOR_UNKNOWN" } };
    expect(results[0]).toMatchObject(unknown);
    expect(results[2]).toMatchObject({ type: "result", encoded: expect.stringMatching(/^answers: /) });
    expect(results[3]).toMatchObject(unknown);
  });
});
