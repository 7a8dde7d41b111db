import type { FetchProgress } from "../environment/fetch-progress.ts";
import { loadEnvironment } from "../environment/load-environment.ts";
import { TimeBudgetError } from "../errors.ts";
import type { SigmaOrganization } from "../organization/sigma-organization.ts";
import type { OrganizationState, StateOptions } from "../state/organization-state.ts";
import { ConcurrencyLimit } from "./calls/concurrency-limit.ts";
import type { FetchContext } from "./calls/fetch-context.ts";
import { defaultTableLookups } from "./calls/look-up-tables.ts";
import { OfferedRoutes } from "./calls/offered-routes.ts";
import { RowProblems } from "./calls/row-problems.ts";
import { SharedTexts } from "./calls/shared-texts.ts";
import { fetchParts } from "./fetch-parts.ts";
import { ReusableFetch } from "./reuse/reusable-fetch.ts";
import { ReusableFetches } from "./reuse/reusable-fetches.ts";
import type { UnfinishedRefresh } from "./store/read-journal.ts";
import { suggestCollection } from "./suggest-collection.ts";
import type { UpstreamMatcher } from "./table-matchers/upstream-matcher.ts";

export interface FetchedState {
  readonly state: OrganizationState;
  /** Requests sent, including retries. */
  readonly requests: number;
}

/**
 * Maximum number of documents in progress. The client limits the calls in flight; a document has up to three, so a
 * dozen documents are sufficient. With more, an interrupted fetch would leave more unfinished documents.
 */
const maxDocuments = 12;

/** Number of workbooks from which the garbage of a fetch takes hundreds of MiB. Its collection takes 1 % of the fetch. */
const largeOrganization = 5_000;

/** A fetch keeps the rows of all documents, so this limits its memory. */
const maxAllDocumentsLength = 40 * 2 ** 20;

export interface FetchOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FetchProgress) => void;
  readonly upstream?: readonly UpstreamMatcher[];
  /** The state of an earlier fetch with the same options, of which only changes are fetched. It may still be loading. */
  readonly previous?: OrganizationState | Promise<OrganizationState | null> | null;
  /** The state that this fetch replaces, whose documents stay if their rows are unreadable (default: `previous`). */
  readonly lastGood?: Promise<OrganizationState | null>;
  /** Results of an interrupted fetch; newer than `previous`. */
  readonly unfinished?: UnfinishedRefresh | null;
  readonly onFetched?: FetchContext["onFetched"];
  readonly onListed?: FetchContext["onListed"];
  /** Maximum age of reused documents, in days (default: 7; 0 for no limit). */
  readonly revalidateAfterDays?: number;
  /** Time limit of the fetch, in ms (default: none). */
  readonly timeBudgetMs?: number;
  /** Maximum number of calls for single tables (default: 500). */
  readonly maxTableLookups?: number;
  /** Whether fetched documents are kept when the time limit expires. */
  readonly isJournaled?: boolean;
  /** Timestamp of the fetch (default: the current time). */
  readonly now?: string;
}

/** Fetches an organization with its own client; when one part fails permanently, cancels the rest. */
export async function fetchState(
  organization: SigmaOrganization,
  options: StateOptions,
  how: FetchOptions = {},
): Promise<FetchedState> {
  const { onProgress } = loadEnvironment();
  // Loaded on demand: a command that starts from a state does not parse columns.
  const { SqlColumnReader } = await import("@dagster-sigma/sql-lineage");
  const rowProblems = new RowProblems();
  const report = how.onProgress ?? onProgress;
  let progress: Omit<FetchProgress, "requests" | "retries"> = { stage: "listings", done: 0, total: 1 };
  const client = organization.createClient(
    {
      onRowProblem: rowProblems.add,
      onIncompleteListing: rowProblems.addIncomplete,
      onWait: ({ waitMs }) => {
        const { requests, retries } = client.counts;
        report?.({ ...progress, requests, retries, waitMs });
      },
    },
    { maxAllDocumentsLength },
  );
  const sqlColumns = new SqlColumnReader();
  const stop = new AbortController();
  const now = how.now ?? new Date().toISOString();
  const signal = how.signal === undefined ? stop.signal : AbortSignal.any([how.signal, stop.signal]);
  let reached = "its beginning";
  const { timeBudgetMs } = how;
  const giveUp = (budgetMs: number): void =>
    stop.abort(new TimeBudgetError(budgetMs, reached, how.isJournaled === true));
  const timer = timeBudgetMs === undefined ? undefined : setTimeout(giveUp, timeBudgetMs, timeBudgetMs);
  try {
    const state = await fetchParts({
      client,
      options,
      signal,
      warnOnLineageFetchError: organization.warnOnLineageFetchError,
      routes: new OfferedRoutes(),
      rowProblems,
      texts: new SharedTexts(),
      slots: new ConcurrencyLimit(maxDocuments, signal),
      sqlColumns,
      upstream: how.upstream ?? [],
      maxTableLookups: how.maxTableLookups ?? defaultTableLookups,
      now,
      earlier: readEarlier(how, now),
      lastGood: Promise.resolve(how.lastGood ?? how.previous ?? null),
      onFetched: how.onFetched ?? (() => undefined),
      onListed: how.onListed ?? (() => undefined),
      onProgress: (now) => {
        progress = now;
        const { requests, retries } = client.counts;
        reached = `${now.done} of ${now.total} ${now.stage}`;
        report?.({ ...now, requests, retries });
      },
    });
    if (state.workbooks.length >= largeOrganization) suggestCollection();
    return { state, requests: client.counts.requests };
  } catch (thrown) {
    stop.abort(thrown);
    throw thrown;
  } finally {
    clearTimeout(timer);
    await Promise.all([client.close(), sqlColumns.close()]);
  }
}

async function readEarlier(
  how: Pick<FetchOptions, "previous" | "unfinished" | "revalidateAfterDays">,
  now: string,
): Promise<ReusableFetches | null> {
  const when = { now, revalidateAfterDays: how.revalidateAfterDays ?? 7 };
  const { unfinished = null } = how;
  const previous = (await how.previous) ?? null;
  const earlier = [
    ...(unfinished === null
      ? []
      : [new ReusableFetch(unfinished.documents, { ...when, marks: unfinished.marks })]),
    ...(previous === null ? [] : [new ReusableFetch(previous, when)]),
  ];
  return earlier.length === 0 ? null : new ReusableFetches(earlier);
}
