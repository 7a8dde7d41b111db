import type { AssetCheckSpec, Definitions } from "@dagster-sigma/asset-graph";
import type { HostFeatures } from "../dagster-version/host-features.ts";
import { pythonDefinitionsJson } from "../python-definitions/python-definitions.ts";
import { jobRecord, jobSnapshotId } from "../records/job-record.ts";
import { keyId, type RunnableAsset, runnableAssets } from "../records/runnable-asset.ts";
import { toPythonJson } from "../wire/python-json.ts";
import type { EncodedRuns } from "./encoded-repository.ts";

/** Options of a location that runs its assets. */
export interface RunsOptions {
  /** Absolute path of the definitions file, from which Node runs the steps. */
  readonly file: string;
  /** Name and version of this package. */
  readonly generator: string;
}

/** Encodes what runs need; null if nothing is executable, or if the location runs nothing. */
export function encodeRuns(
  definitions: Pick<Definitions, "assets" | "assetChecks">,
  features: HostFeatures & { readonly runs?: RunsOptions },
): EncodedRuns | null {
  const { runs } = features;
  const assets = runnableAssets(definitions.assets, definitions.assetChecks);
  if (runs === undefined || assets.length === 0) return null;
  const job = jobRecord(assets);
  return {
    assets,
    job: toPythonJson(job),
    jobSnapshotId: jobSnapshotId(job),
    // Without the sensors, which the server itself evaluates.
    document: pythonDefinitionsJson(
      { assets: definitions.assets, assetChecks: definitions.assetChecks },
      { ...runs, features },
    ),
  };
}

/** Whether the code of an asset returns the result of a check. */
export function isExecuted({ assetKey, name }: AssetCheckSpec, assets: readonly RunnableAsset[]): boolean {
  const id = keyId(assetKey.path);
  return assets.some(({ key, checks }) => keyId(key) === id && checks.includes(name));
}
