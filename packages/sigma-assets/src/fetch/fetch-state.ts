import { setMaxListeners } from "node:events";
import { SqlColumnReader } from "@dagster-sigma/sql-lineage";
import type { FetchProgress } from "../environment/fetch-progress.ts";
import { loadEnvironment } from "../environment/load-environment.ts";
import { TimeBudgetError } from "../errors.ts";
import type { SigmaOrganization } from "../organization/sigma-organization.ts";
import type { OrganizationState, StateOptions } from "../state/organization-state.ts";
import { ConcurrencyLimit } from "./calls/concurrency-limit.ts";
import type { FetchContext } from "./calls/fetch-context.ts";
import { OfferedRoutes } from "./calls/offered-routes.ts";
import { fetchParts } from "./fetch-parts.ts";
import { ReusableFetch } from "./reuse/reusable-fetch.ts";
import { ReusableFetches } from "./reuse/reusable-fetches.ts";
import type { UnfinishedRefresh } from "./store/refresh-journal.ts";
import type { UpstreamMatcher } from "./table-matchers/upstream-matcher.ts";

export interface FetchedState {
  readonly state: OrganizationState;
  /** Requests sent, repeated ones included. */
  readonly requests: number;
}

/**
 * Documents that are worked on at a time. The client's own pace decides how many calls are in flight; a document has
 * three at a time, so that a dozen keep it busy. More would all be half done when a fetch is cut off.
 */
const maxDocuments = 12;

export interface FetchOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FetchProgress) => void;
  readonly upstream?: readonly UpstreamMatcher[];
  /** What an earlier fetch with the same options left: only what changed since is fetched. It may still be read. */
  readonly previous?: OrganizationState | Promise<OrganizationState | null> | null;
  /** What a fetch that did not come to its end left; newer than `previous`. */
  readonly unfinished?: UnfinishedRefresh | null;
  readonly onFetched?: FetchContext["onFetched"];
  readonly onListed?: FetchContext["onListed"];
  /** A document is fetched anew at least so often, in days; 7 when left out, 0 for never. */
  readonly revalidateAfterDays?: number;
  /** After which the fetch gives up; no limit when left out. */
  readonly timeBudgetMs?: number;
  /** Whether what was fetched before it gave up is kept. */
  readonly isJournaled?: boolean;
  /** The time of the fetch; that of the clock when left out. */
  readonly now?: string;
}

/** Fetches an organization over a client of its own; when one part fails for good, the others stop. */
export async function fetchState(
  organization: SigmaOrganization,
  options: StateOptions,
  how: FetchOptions = {},
): Promise<FetchedState> {
  const { onProgress } = loadEnvironment();
  const client = organization.createClient();
  const sqlColumns = new SqlColumnReader();
  const stop = new AbortController();
  const now = how.now ?? new Date().toISOString();
  const signal = how.signal === undefined ? stop.signal : AbortSignal.any([how.signal, stop.signal]);
  // Every call in flight listens to it.
  setMaxListeners(0, signal);
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
      slots: new ConcurrencyLimit(maxDocuments, signal),
      sqlColumns,
      upstream: how.upstream ?? [],
      now,
      earlier: readEarlier(how, now),
      onFetched: how.onFetched ?? (() => undefined),
      onListed: how.onListed ?? (() => undefined),
      onProgress: (progress) => {
        const { requests, retries } = client.counts;
        reached = `${progress.done} of ${progress.total} ${progress.stage}`;
        (how.onProgress ?? onProgress)?.({ ...progress, requests, retries });
      },
    });
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
