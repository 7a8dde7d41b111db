import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import {
  codeLocationOutlet,
  type EncodedRepository,
  hostFeatures,
  startCodeLocation,
} from "@dagster-sigma/code-location";
import { InProcessDefinitionsSource } from "@dagster-sigma/definitions-host";
import { type SigmaCheck, sigmaAssetChecks } from "@dagster-sigma/sigma-assets";
import { sensorTicks } from "../dagster/asset-events.ts";
import { DagsterGrpcClient } from "../dagster/grpc-client.ts";
import { postgresYaml, startDagster } from "../dagster/start-dagster.ts";

/** How the real daemon receives the results of many checks. */
export interface ReportedChecks {
  readonly checks: number;
  /** Seconds from the daemon's start until every result is stored. */
  readonly firstS: number;
  readonly evaluations: number;
  /** Size of the cursor, in characters. */
  readonly cursorLength: number;
  /** Results that were stored twice at first; must be 0. */
  readonly repeated: number;
  /** Results that were stored after a reload without changes; must be 0. */
  readonly afterReload: number;
  /** Results that were stored after a reload in which four of them changed; must be 4. */
  readonly afterChange: number;
}

/** Counts results: all, and different ones. The argument is a file of SQLite, or the URL of Postgres. */
const query = `
import sqlalchemy, sys
where = sys.argv[1]
engine = sqlalchemy.create_engine(where if "://" in where else f"sqlite:///{where}")
with engine.connect() as connection:
    text = "select count(*), count(distinct asset_key || ' ' || check_name) from asset_check_executions"
    print(*connection.execute(sqlalchemy.text(text)).fetchone())
`;

/** Serves assets with four checks each to a real web server and daemon, and counts the results that they store. */
export async function reportChecks(options: {
  readonly python: string;
  readonly assets: number;
  readonly minimumIntervalSeconds: number;
  /** URL of a Postgres database that stores the results. Default: SQLite. */
  readonly postgresUrl?: string;
  readonly onProgress?: (stored: number) => void;
}): Promise<ReportedChecks> {
  const { python, assets: count, postgresUrl, onProgress = () => undefined } = options;
  const { source, change } = checkedSource(count, options.minimumIntervalSeconds);
  await source.reload();
  const location = await startCodeLocation({ source });
  const dagster = await startDagster({
    python,
    locations: [{ name: "sigma", port: location.port }],
    ...(postgresUrl === undefined ? {} : { dagsterYaml: postgresYaml(postgresUrl) }),
  });
  try {
    const stored = (): readonly [all: number, distinct: number] => {
      const database = postgresUrl ?? join(dagster.home, "history", "runs", "index.db");
      const [all = 0, distinct = 0] = spawnSync(python, ["-c", query, database], { encoding: "utf8" })
        .stdout.split(" ")
        .map(Number);
      return [all, distinct];
    };
    const evaluations = async (): Promise<number> => (await sensorTicks(dagster, "sigma_checks")).length;
    const evaluated = async (times: number): Promise<void> => {
      const target = (await evaluations()) + times;
      while ((await evaluations()) < target) await sleep(1_000);
    };
    const startedMs = performance.now();
    dagster.startDaemon();
    for (; stored()[1] < 4 * count; await sleep(5_000)) onProgress(stored()[1]);
    const firstS = (performance.now() - startedMs) / 1_000;
    await evaluated(1);
    const ticks = await sensorTicks(dagster, "sigma_checks");
    const [all] = stored();
    await source.reload();
    await evaluated(2);
    const [afterReload] = stored();
    change();
    await source.reload();
    await evaluated(2);
    return {
      checks: 4 * count,
      firstS,
      evaluations: ticks.filter(({ skipReason }) => skipReason === null).length,
      cursorLength: ticks[0]?.cursor?.length ?? 0,
      repeated: all - 4 * count,
      afterReload: afterReload - all,
      afterChange: stored()[0] - afterReload,
    };
  } finally {
    await dagster.close();
    await location.close();
  }
}

/**
 * The same without a daemon, which stores the results: Dagster's client evaluates the sensor at the daemon's interval. The
 * time is that until the last result was received.
 */
export async function reportChecksToClient(options: {
  readonly python: string;
  readonly assets: number;
  readonly minimumIntervalSeconds: number;
}): Promise<ReportedChecks & { readonly longestEvaluationS: number }> {
  const { assets, minimumIntervalSeconds } = options;
  const { source, change } = checkedSource(assets, minimumIntervalSeconds);
  await source.reload();
  const location = await startCodeLocation({ source });
  const client = new DagsterGrpcClient(options.python);
  const startedMs = performance.now();
  let [cursor, evaluations, longestMs, endedMs] = [null as string | null, 0, 0, 0];
  /** Evaluates until there is nothing to report. */
  const run = async (pauseS: number): Promise<readonly string[]> => {
    const all: string[] = [];
    for (;;) {
      const beganMs = performance.now();
      const result = await client.evaluate(location.port, "sigma_checks", cursor);
      longestMs = Math.max(longestMs, performance.now() - beganMs);
      ({ cursor } = result);
      if (result.skipMessage !== null) return all;
      [evaluations, endedMs] = [evaluations + 1, performance.now()];
      all.push(...result.events);
      await sleep(Math.max(0, pauseS * 1_000 - (performance.now() - beganMs)));
    }
  };
  try {
    const first = await run(minimumIntervalSeconds);
    const [firstS, firstEvaluations] = [(endedMs - startedMs) / 1_000, evaluations];
    await source.reload();
    const afterReload = (await run(0)).length;
    change();
    await source.reload();
    const afterChange = (await run(0)).length;
    return {
      checks: new Set(first).size,
      firstS,
      evaluations: firstEvaluations,
      cursorLength: (cursor as string | null)?.length ?? 0,
      repeated: first.length - new Set(first).size,
      afterReload,
      afterChange,
      longestEvaluationS: longestMs / 1_000,
    };
  } finally {
    await client.close();
    await location.close();
  }
}

/** Assets with four checks each; `change` changes the results of one asset for the next load. */
function checkedSource(
  count: number,
  minimumIntervalSeconds: number,
): { readonly source: InProcessDefinitionsSource<EncodedRepository>; readonly change: () => void } {
  process.env["DAGSTER_SIGMA_STATE_DIR"] = mkdtempSync(join(tmpdir(), "dagster-sigma-checks-"));
  let found = "";
  const load = (): Definitions => {
    const assets = Array.from({ length: count }, (_, index) => new AssetSpec({ key: `asset_${index}` }));
    const checks = [0, 1, 2, 3].map((index) => checkOf(`check_${index}`, () => found));
    const { assetChecks, sensor } = sigmaAssetChecks({ assets, checks, minimumIntervalSeconds });
    return new Definitions({ assets, assetChecks, sensors: [sensor] });
  };
  const change = (): void => {
    found = "asset_1";
  };
  return {
    source: new InProcessDefinitionsSource({ outlet: codeLocationOutlet(hostFeatures("1.13")), load }),
    change,
  };
}

function checkOf(name: string, found: () => string): SigmaCheck {
  return {
    name,
    description: name,
    isAbout: () => true,
    answer: ({ key }) => ({ passed: key.toUserString() !== found(), severity: "warn" }),
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
