import type { Definitions } from "@dagster-sigma/asset-graph";
import type { HostFeatures } from "../dagster-version/host-features.ts";
import { pythonDefinitionsJson } from "../python-definitions/python-definitions.ts";
import { jobRecord, jobSnapshotId } from "../records/job-record.ts";
import { checkId, type RunnableOp, runnableOps } from "../records/runnable-op.ts";
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
  const ops = runnableOps(definitions.assets, definitions.assetChecks);
  if (runs === undefined || ops.length === 0) return null;
  const job = jobRecord(ops);
  return {
    ops,
    job: toPythonJson(job),
    jobSnapshotId: jobSnapshotId(job),
    // Without the sensors, which the server itself evaluates.
    document: pythonDefinitionsJson(
      { assets: definitions.assets, assetChecks: definitions.assetChecks },
      { ...runs, features },
    ),
  };
}

/** Identities of the checks that runs execute; see {@link checkId}. */
export function executedChecks(ops: readonly RunnableOp[]): ReadonlySet<string> {
  return new Set(ops.flatMap(({ key, checks }) => checks.map((name) => checkId(key, name))));
}
