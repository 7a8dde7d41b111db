import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type AssetCheckEvaluation, Definitions } from "@dagster-sigma/asset-graph";
import { silentLogger } from "@dagster-sigma/foundation";
import { loadSigmaAssetSpecs, SigmaOrganization, sigmaAssetChecks } from "@dagster-sigma/sigma-assets";
import type { Sandbox } from "@dagster-sigma/sigma-sandbox";
import type { RunningDagster } from "../dagster/start-dagster.ts";

/** The reports that Dagster stored, compared with the organization. */
export interface JudgedReports {
  readonly observations: number;
  /** Observations of a version that was already observed, with the same content. */
  readonly repeatedObservations: number;
  readonly checkResults: number;
  /** Results equal to the previous result of the same check. */
  readonly repeatedResults: number;
  /** Versions or results that are missing, and versions with different contents; must be empty. */
  readonly problems: readonly string[];
}

/** All observations and check results in the order in which they were stored, as JSON. */
const query = `
import json, sqlite3, sys
db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
def content(event, name):
    return json.loads(event)["dagster_event"]["event_specific_data"][name]
observations = [
    [key, content(event, "asset_observation")] for key, event in db.execute(
        "select asset_key, event from event_logs where dagster_event_type = 'ASSET_OBSERVATION' order by id")]
results = [
    [key, name, json.loads(event)["dagster_event"]["event_specific_data"]] for key, name, event in db.execute(
        "select asset_key, check_name, evaluation_event from asset_check_executions order by id")]
print(json.dumps({"observations": observations, "results": results}))
`;

interface Stored {
  readonly observations: readonly (readonly [
    key: string,
    observation: {
      readonly metadata_entries: readonly object[];
      readonly tags: Readonly<Record<string, string>>;
    },
  ])[];
  readonly results: readonly (readonly [
    key: string,
    name: string,
    result: { readonly success: boolean; readonly description: string | null },
  ])[];
}

/** Compares what Dagster stored with the organization; the definitions must have keys of ids. */
export async function judgeReports(
  dagster: RunningDagster,
  python: string,
  sandbox: Sandbox,
): Promise<JudgedReports> {
  const { latest, versions, ...stored } = storedReports(dagster, python);
  const problems = [...stored.problems];
  const assets = await loadSigmaAssetSpecs(new SigmaOrganization(sandbox), { keyStrategy: "id" });
  for (const { key, origin } of assets) {
    const object = origin?.object;
    if (object == null || object.type === "dataset") continue;
    const version = versions.get(spaced(key.path));
    if (version !== String(object.version))
      problems.push(`version ${object.version} of ${key} is missing; the last one is ${version}`);
  }
  for (const { assetKey, checkName, passed, description } of await currentResults(assets)) {
    const expected = JSON.stringify([passed, withoutRequestId(description)]);
    const last = latest.get(`${spaced(assetKey.path)} ${checkName}`);
    if (last !== expected) problems.push(`${checkName} of ${assetKey} is ${expected}, but ${last} is stored`);
  }
  return { ...stored, problems };
}

/** Reads all reports that Dagster stored, and compares them with each other. */
export function storedReports(
  dagster: RunningDagster,
  python: string,
): JudgedReports & {
  /** The last result of each check, by key and name. */
  readonly latest: ReadonlyMap<string, string>;
  /** The last version of each asset, by key. */
  readonly versions: ReadonlyMap<string, string>;
} {
  const file = join(dagster.home, "history", "runs", "index.db");
  const { stdout, stderr } = spawnSync(python, ["-c", query, file], {
    encoding: "utf8",
    maxBuffer: 500_000_000,
  });
  if (stderr !== "") throw new Error(stderr);
  const { observations, results } = JSON.parse(stdout) as Stored;
  const problems: string[] = [];

  const contents = new Map<string, string>();
  const versions = new Map<string, string>();
  let repeatedObservations = 0;
  for (const [key, { metadata_entries: entries, tags }] of observations) {
    const version = tags["dagster/data_version"] ?? "";
    const content = JSON.stringify(entries);
    const before = contents.get(`${key} ${version}`);
    if (before === content) repeatedObservations++;
    else if (before !== undefined)
      problems.push(`version ${version} of ${key} was reported as ${before} and as ${content}`);
    contents.set(`${key} ${version}`, content);
    versions.set(key, version);
  }

  const latest = new Map<string, string>();
  let repeatedResults = 0;
  for (const [key, name, { success, description }] of results) {
    const result = JSON.stringify([success, withoutRequestId(description)]);
    if (latest.get(`${key} ${name}`) === result) repeatedResults++;
    latest.set(`${key} ${name}`, result);
  }

  const counts = { observations: observations.length, checkResults: results.length };
  return { ...counts, repeatedObservations, repeatedResults, problems, latest, versions };
}

async function currentResults(
  assets: Awaited<ReturnType<typeof loadSigmaAssetSpecs>>,
): Promise<readonly AssetCheckEvaluation[]> {
  const { assetChecks, sensor } = sigmaAssetChecks({ assets, maxEvaluationsPerTick: 1e6 });
  const definitions = new Definitions({ assets, assetChecks });
  const { signal } = new AbortController();
  const { assetEvents = [] } = await sensor.evaluate({
    cursor: null,
    lastTickAt: null,
    definitions,
    signal,
    log: silentLogger,
  });
  return assetEvents as readonly AssetCheckEvaluation[];
}

/** Dagster stores keys as Python writes JSON. */
function spaced(path: readonly string[]): string {
  return `[${path.map((part) => JSON.stringify(part)).join(", ")}]`;
}

function withoutRequestId(description: string | null): string | null {
  return description?.replaceAll(/\[request [^\]]*\]/g, "") ?? null;
}
