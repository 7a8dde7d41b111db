import {
  AssetMaterialization,
  AssetObservation,
  type AssetSpec,
  MetadataValue,
  type RawMetadata,
  rowCountLabel,
} from "@dagster-sigma/asset-graph";
import { compareText } from "@dagster-sigma/foundation";
import type { DatasetMaterializationRow } from "@dagster-sigma/sigma-client";
import { sigmaLabels } from "../derive/translate/sigma-labels.ts";

/** A finished materialization of a dataset, as Sigma lists it. */
export interface DatasetRun {
  readonly status?: string | null | undefined;
  /** ISO 8601. */
  readonly finishedAt?: string | null | undefined;
  readonly error?: DatasetMaterializationRow["error"];
  readonly runtimeSecs?: number | null | undefined;
  readonly numRows?: number | null | undefined;
  readonly numBytes?: number | null | undefined;
}

/**
 * Position up to which dataset runs are reported. Runs are fetched in rounds, some datasets per evaluation. A round reports
 * runs that ended between the start of the previous round and its own start, so the size of the cursor does not depend on
 * the number of datasets.
 */
export interface RunsCursor {
  /** Runs up to this time are reported; "" before the first round. */
  readonly since: string;
  /** Start of the current round, minus a margin. */
  readonly until: string;
  /** Id of the last finished dataset; "" at the start of a round. */
  readonly done: string;
  /** Runs of the next dataset up to this time are reported; "" for none. */
  readonly within: string;
  /** Datasets whose runs could not be fetched, with the time up to which they are reported. */
  readonly missed: Readonly<Record<string, string>>;
}

export interface DatasetRunsOptions {
  /** The datasets that have assets, by id. */
  readonly datasets: ReadonlyMap<string, AssetSpec>;
  readonly listRuns: (datasetId: string) => Promise<readonly DatasetRun[]>;
  readonly cursor: RunsCursor | null;
  readonly now: Date;
  /** Maximum number of datasets per evaluation. */
  readonly maxDatasets: number;
  readonly maxEvents: number;
  readonly signal: AbortSignal;
}

/** A run that has just ended may not be listed yet, and clocks differ. */
const marginMs = 60_000;
const maxMissed = 50;
const firstRound: RunsCursor = { since: "", until: "", done: "", within: "", missed: {} };

/** Events for runs since the cursor, oldest first per dataset, and the new cursor. */
export async function datasetRunEvents(options: DatasetRunsOptions): Promise<{
  readonly events: readonly (AssetMaterialization | AssetObservation)[];
  readonly cursor: RunsCursor | null;
}> {
  const { datasets, listRuns, now, maxDatasets, maxEvents, signal } = options;
  const events: (AssetMaterialization | AssetObservation)[] = [];
  if (datasets.size === 0 || maxDatasets === 0) return { events, cursor: options.cursor };
  let { since, until, done, within } = options.cursor ?? firstRound;
  if (done === "" && within === "") until = new Date(now.getTime() - marginMs).toISOString();
  const missed = new Map(Object.entries(options.cursor?.missed ?? {}));
  const left = [...datasets].filter(([id]) => id > done).sort(([a], [b]) => compareText(a, b));
  for (const [id, spec] of left.slice(0, maxDatasets)) {
    const from = within || (missed.get(id) ?? since);
    try {
      const ended = endedBetween(await listRuns(id), from, until);
      const told = firstOf(ended, maxEvents - events.length);
      events.push(...told.map((run) => eventOf(run, spec)));
      if (told.length < ended.length) {
        within = told.at(-1)?.finishedAt ?? from;
        return { events, cursor: { since, until, done, within, missed: Object.fromEntries(missed) } };
      }
      missed.delete(id);
    } catch {
      // The evaluation's time is over; the next one fetches this dataset.
      if (signal.aborted) break;
      // Deleted, forbidden or a transient failure: the next round tries again from this time.
      if (missed.size < maxMissed) missed.set(id, from);
    }
    [done, within] = [id, ""];
  }
  if (left.every(([id]) => id <= done)) [since, done] = [until, ""];
  return { events, cursor: { since, until, done, within, missed: Object.fromEntries(missed) } };
}

function endedBetween(runs: readonly DatasetRun[], from: string, until: string): readonly DatasetRun[] {
  const at = ({ finishedAt }: DatasetRun): string => finishedAt ?? "";
  return runs
    .filter((run) => at(run) > from && at(run) <= until && !isRemoval(run))
    .sort((a, b) => compareText(at(a), at(b)));
}

/** Up to `most` runs, plus those that ended at the same time as the last one, which the cursor cannot separate. */
function firstOf(runs: readonly DatasetRun[], most: number): readonly DatasetRun[] {
  const last = runs[most - 1]?.finishedAt;
  return runs.filter((run, index) => index < most || run.finishedAt === last);
}

function isGood({ status }: DatasetRun): boolean {
  return status?.toLowerCase() === "success";
}

/** Statuses of an earlier materialization that Sigma removes; nothing ran. */
const removals: ReadonlySet<string> = new Set(["marked", "swept"]);

function isRemoval({ status }: DatasetRun): boolean {
  return status == null || removals.has(status.toLowerCase());
}

function eventOf(run: DatasetRun, spec: AssetSpec): AssetMaterialization | AssetObservation {
  const { status, finishedAt, error, runtimeSecs, numRows, numBytes } = run;
  const errorText = (typeof error === "string" ? error : (error?.message ?? error?.code)) ?? "";
  const finishedMs = Date.parse(finishedAt ?? "");
  const metadata: RawMetadata = {
    [sigmaLabels.runStatus]: status ?? "",
    ...(Number.isNaN(finishedMs)
      ? {}
      : { [sigmaLabels.finishedAt]: MetadataValue.timestamp(finishedMs / 1_000) }),
    ...(runtimeSecs == null ? {} : { [sigmaLabels.runtimeSeconds]: MetadataValue.float(runtimeSecs) }),
    ...(numRows == null || !isGood(run) ? {} : { [rowCountLabel]: Math.round(numRows) }),
    ...(numBytes == null || !isGood(run) ? {} : { [sigmaLabels.sizeBytes]: Math.round(numBytes) }),
    ...(errorText === "" ? {} : { [sigmaLabels.error]: errorText }),
  };
  const options = { assetKey: spec.key, metadata };
  // A run that failed, expired or was canceled or skipped materialized nothing, so it is reported as an observation.
  if (!isGood(run)) return new AssetObservation(options);
  return new AssetMaterialization({ ...options, dataVersion: finishedAt ?? null });
}
