import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endOfRun, runEvents, runIds } from "../dagster/dagster-runs.ts";
import { type RunningDagster, startDagster } from "../dagster/start-dagster.ts";
import { serveRuns } from "./serve-location.ts";

const pythonLocation = `import dagster as dg


@dg.asset
def orders():
    return None


defs = dg.Definitions(assets=[orders], executor=dg.in_process_executor)
`;

const definitions = `import { AssetSpec, Definitions, MaterializeResult } from "dagster-sigma";
const execution = { description: "test", materialize: async () => new MaterializeResult() };
export default new Definitions({
  assets: [
    new AssetSpec({ key: "report", deps: ["orders"], execution }),
    new AssetSpec({ key: "after_report", deps: ["report"], execution }),
  ],
});
`;

const limitMs = 300_000;

/**
 * Launches a backfill of an asset of a Python location and of assets downstream of it in ours, as Dagster's API does it: the daemon starts
 * a run in each location.
 *
 * @returns what is not as expected
 */
export async function runBackfill(python: string, print: (text: string) => void): Promise<readonly string[]> {
  const served = await serveRuns({ python, definitions });
  const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-location-")), "location.py");
  writeFileSync(file, pythonLocation);
  const locations = [
    { name: "typescript", port: served.port },
    { name: "python", pythonFile: file },
  ];
  const dagster = await startDagster({ python, locations, daemon: true });
  try {
    await launchBackfill(dagster, ["orders", "report", "after_report"]);
    const runs: string[] = [];
    const deadline = Date.now() + limitMs;
    while (runs.length < 2) {
      if (Date.now() > deadline) return [`backfill: ${runs.join(", ")}: ${dagster.log()}`];
      await sleep(1_000);
      const ids = await runIds(dagster);
      if (ids.length > runs.length) runs.push(await describeRun(dagster, ids[0] ?? ""));
    }
    print("\nA backfill of an asset of a Python location and of two of ours downstream, real daemon\n");
    print("| run | |\n|---|---|");
    for (const [index, run] of runs.entries()) print(`| ${index + 1} | ${run} |`);
    const expected = ["SUCCESS: orders", "SUCCESS: report, after_report"];
    return runs.join() === expected.join() ? [] : [`backfill: ${runs.join("; ")}`];
  } finally {
    await dagster.close();
    await served.close();
  }
}

async function launchBackfill(dagster: RunningDagster, assets: readonly string[]): Promise<void> {
  await dagster.graphql(
    `mutation Backfill($params: LaunchBackfillParams!) { launchPartitionBackfill(backfillParams: $params) { __typename } }`,
    { params: { allPartitions: true, assetSelection: assets.map((name) => ({ path: [name] })) } },
  );
}

async function describeRun(dagster: RunningDagster, runId: string): Promise<string> {
  const status = await endOfRun(dagster, runId);
  const materialized = (await runEvents(dagster, runId))
    .filter(({ type }) => type === "MaterializationEvent")
    .map(({ assetKey }) => assetKey?.join("/"));
  return `${status}: ${materialized.join(", ")}`;
}
