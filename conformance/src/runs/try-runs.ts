import { setTimeout as sleep } from "node:timers/promises";
import {
  endOfRun,
  launchAssets,
  reexecuteFromFailure,
  runEvents,
  terminateRun,
} from "../dagster/dagster-runs.ts";
import type { RunningDagster } from "../dagster/start-dagster.ts";

/** What was tried, and its result: `yes` with seconds, or what happened instead. */
export interface Tried {
  readonly what: string;
  readonly result: string;
  readonly isAsExpected: boolean;
}

/** Tries what the buttons of Dagster's page do with the assets of `runKinds`, in the location `typescript`. */
export async function tryRuns(dagster: RunningDagster): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  const attempt = async (what: string, run: () => Promise<string>, expected: string): Promise<void> => {
    const begun = performance.now();
    const got = await run().catch((thrown: unknown) => String(thrown).slice(0, 300));
    const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
    const isAsExpected = got === expected;
    tried.push({ what, result: isAsExpected ? `yes, ${seconds} s` : got, isAsExpected });
  };
  const launch = (...names: readonly string[]): Promise<string> =>
    launchAssets(dagster, { location: "typescript", assets: names.map((name) => [name]) });
  /** Its end, and what was materialized. */
  const outcome = async (runId: string): Promise<string> => {
    const status = await endOfRun(dagster, runId);
    const names = (await runEvents(dagster, runId))
      .filter(({ type }) => type === "MaterializationEvent")
      .map(({ assetKey }) => String(assetKey));
    return [status, ...names].join(" ");
  };
  await attempt("Materialize one", async () => outcome(await launch("quick")), "SUCCESS quick");
  await attempt(
    "Materialize two, in order",
    async () => outcome(await launch("after_quick", "quick")),
    "SUCCESS quick after_quick",
  );
  await attempt(
    "wrong config is refused",
    async () => {
      const config = { ops: { quick: { config: { x: 1 } } } };
      const launched = launchAssets(dagster, { location: "typescript", assets: [["quick"]], config });
      return launched.catch(
        (thrown: unknown) => /RunConfigValidationInvalid/.exec(String(thrown))?.[0] ?? "",
      );
    },
    "RunConfigValidationInvalid",
  );
  await attempt(
    "blocking check",
    async () => outcome(await launch("checked", "after_checked")),
    "FAILURE checked",
  );
  let failed = "";
  await attempt(
    "error of the code",
    async () => {
      failed = await launch("throws", "quick");
      const ended = await outcome(failed);
      const errors = (await runEvents(dagster, failed)).map(({ error }) => error ?? "");
      return `${ended} ${/node\.TypeError.*boom/.test(errors.join("\n"))}`;
    },
    "FAILURE quick true",
  );
  await attempt(
    "re-execution from failure",
    async () => {
      const runId = await reexecuteFromFailure(dagster, failed);
      const ended = await outcome(runId);
      const steps = (await runEvents(dagster, runId)).filter(
        ({ type }) => type === "ExecutionStepStartEvent",
      );
      return `${ended} ${steps.map(({ stepKey }) => stepKey).join(" ")}`;
    },
    "FAILURE throws",
  );
  await attempt(
    "Terminate",
    async () => {
      const runId = await launch("waits");
      const isStarted = async (): Promise<boolean> =>
        (await runEvents(dagster, runId)).some(({ type }) => type === "ExecutionStepStartEvent");
      for (let waited = 0; !(await isStarted()) && waited < 20_000; waited += 100) await sleep(100);
      await terminateRun(dagster, runId);
      return outcome(runId);
    },
    "CANCELED",
  );
  return tried;
}
