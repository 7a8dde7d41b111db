import {
  AssetMaterialization,
  AssetObservation,
  type AssetSpec,
  MetadataValue,
  type RawMetadata,
  rowCountLabel,
} from "@dagster-sigma/asset-graph";
import { compareText } from "@dagster-sigma/foundation";
import { sigmaLabels } from "../derive/translate/sigma-labels.ts";

/** A materialization of a dataset that has ended, as Sigma lists it. */
export interface DatasetRun {
  readonly status?: string | null | undefined;
  /** ISO 8601. */
  readonly finishedAt?: string | null | undefined;
  readonly error?: string | null | undefined;
  readonly runtimeSecs?: number | null | undefined;
  readonly numRows?: number | null | undefined;
  readonly numBytes?: number | null | undefined;
}

/**
 * How far the runs of datasets are told. They are asked for in rounds, some datasets an evaluation; a round tells what
 * ended between the one before and its own beginning, so that this does not grow with the datasets.
 */
export interface RunsCursor {
  /** Everything up to then is told; "" at first. */
  readonly since: string;
  /** When the round under way began, less a margin. */
  readonly until: string;
  /** The last dataset that was done, by id; "" at the beginning of a round. */
  readonly done: string;
  /** Of the dataset after it everything up to then is told; "" for nothing. */
  readonly within: string;
  /** Datasets that could not be asked, and up to when their runs are told. */
  readonly missed: Readonly<Record<string, string>>;
}

export interface DatasetRunsOptions {
  /** The datasets that have assets, by id. */
  readonly datasets: ReadonlyMap<string, AssetSpec>;
  readonly listRuns: (datasetId: string) => Promise<readonly DatasetRun[]>;
  readonly cursor: RunsCursor | null;
  readonly now: Date;
  /** Most datasets to ask about now. */
  readonly maxDatasets: number;
  readonly maxEvents: number;
  readonly signal: AbortSignal;
}

/** A run that ended just now may not be listed yet, and clocks differ. */
const marginMs = 60_000;
const maxMissed = 50;
const firstRound: RunsCursor = { since: "", until: "", done: "", within: "", missed: {} };

/** What ended since, the oldest of a dataset first, and how far it is told then. Null where there are no datasets. */
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
      // Nothing was learnt of the dataset when the time ran out.
      if (signal.aborted) break;
      // Gone, forbidden, or out of order for a moment: the next round asks again from here on.
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
    .filter((run) => at(run) > from && at(run) <= until && (isGood(run) || run.status === "failed"))
    .sort((a, b) => compareText(at(a), at(b)));
}

/** At most so many, but for those that ended at the same moment as the last one: a cursor cannot part them. */
function firstOf(runs: readonly DatasetRun[], most: number): readonly DatasetRun[] {
  const last = runs[most - 1]?.finishedAt;
  return runs.filter((run, index) => index < most || run.finishedAt === last);
}

function isGood({ status }: DatasetRun): boolean {
  return status === "success";
}

function eventOf(run: DatasetRun, spec: AssetSpec): AssetMaterialization | AssetObservation {
  const { status, finishedAt, error, runtimeSecs, numRows, numBytes } = run;
  const finishedMs = Date.parse(finishedAt ?? "");
  const metadata: RawMetadata = {
    [sigmaLabels.runStatus]: status ?? "",
    ...(Number.isNaN(finishedMs)
      ? {}
      : { [sigmaLabels.finishedAt]: MetadataValue.timestamp(finishedMs / 1_000) }),
    ...(runtimeSecs == null ? {} : { [sigmaLabels.runtimeSeconds]: MetadataValue.float(runtimeSecs) }),
    ...(numRows == null || !isGood(run) ? {} : { [rowCountLabel]: Math.round(numRows) }),
    ...(numBytes == null || !isGood(run) ? {} : { [sigmaLabels.sizeBytes]: Math.round(numBytes) }),
    ...(error == null || error === "" ? {} : { [sigmaLabels.error]: error }),
  };
  const options = { assetKey: spec.key, metadata };
  // A failed run made nothing; that it was tried is worth knowing.
  if (!isGood(run)) return new AssetObservation(options);
  return new AssetMaterialization({ ...options, dataVersion: finishedAt ?? null });
}
