import type { SigmaOrganization } from "../organization/sigma-organization.ts";
import { SqlColumnReader } from "../sql-worker/sql-column-reader.ts";
import type { OrganizationState, StateOptions } from "../state/organization-state.ts";
import type { UpstreamMatcher } from "../upstream/upstream-matcher.ts";
import type { FetchProgress } from "./fetch-context.ts";
import { fetchOrganizationState } from "./fetch-organization-state.ts";
import { OfferedRoutes } from "./offered-routes.ts";
import { PreviousState } from "./previous-state.ts";

export type { FetchProgress } from "./fetch-context.ts";

export interface FetchedState {
  readonly state: OrganizationState;
  /** Requests sent, repeated ones included. */
  readonly requests: number;
}

/** Fetches an organization over a client of its own; when one part fails for good, the others stop. */
export async function fetchState(
  organization: SigmaOrganization,
  options: StateOptions,
  how: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (progress: FetchProgress) => void;
    readonly upstream?: readonly UpstreamMatcher[];
    /** What an earlier fetch with the same options left: only what changed since is fetched. */
    readonly previous?: OrganizationState;
    /** A document is fetched anew at least so often, in days; 7 when left out, 0 for never. */
    readonly revalidateAfterDays?: number;
    /** The time of the fetch; that of the clock when left out. */
    readonly now?: string;
  } = {},
): Promise<FetchedState> {
  const client = organization.createClient();
  const sqlColumns = new SqlColumnReader();
  const stop = new AbortController();
  const now = how.now ?? new Date().toISOString();
  const revalidateAfterDays = how.revalidateAfterDays ?? 7;
  const previous =
    how.previous === undefined ? null : new PreviousState(how.previous, { now, revalidateAfterDays });
  const signal = how.signal === undefined ? stop.signal : AbortSignal.any([how.signal, stop.signal]);
  try {
    const state = await fetchOrganizationState({
      client,
      options,
      signal,
      warnOnLineageFetchError: organization.warnOnLineageFetchError,
      routes: new OfferedRoutes(),
      sqlColumns,
      upstream: how.upstream ?? [],
      now,
      previous,
      onProgress: (progress) => how.onProgress?.({ ...progress, requests: client.counts.requests }),
    });
    return { state, requests: client.counts.requests };
  } catch (thrown) {
    stop.abort(thrown);
    throw thrown;
  } finally {
    await Promise.all([client.close(), sqlColumns.close()]);
  }
}
