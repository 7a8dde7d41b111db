import type { SigmaOrganization } from "../organization/sigma-organization.ts";
import { SqlColumnReader } from "../sql-worker/sql-column-reader.ts";
import type { OrganizationState, StateOptions } from "../state/organization-state.ts";
import type { UpstreamMatcher } from "../upstream/upstream-matcher.ts";
import type { FetchProgress } from "./fetch-context.ts";
import { fetchOrganizationState } from "./fetch-organization-state.ts";
import { OfferedRoutes } from "./offered-routes.ts";

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
  } = {},
): Promise<FetchedState> {
  const client = organization.createClient();
  const sqlColumns = new SqlColumnReader();
  const stop = new AbortController();
  const signal = how.signal === undefined ? stop.signal : AbortSignal.any([how.signal, stop.signal]);
  try {
    const state = await fetchOrganizationState(
      {
        client,
        options,
        signal,
        warnOnLineageFetchError: organization.warnOnLineageFetchError,
        routes: new OfferedRoutes(),
        sqlColumns,
        upstream: how.upstream ?? [],
        onProgress: (progress) => how.onProgress?.({ ...progress, requests: client.counts.requests }),
      },
      new Date().toISOString(),
    );
    return { state, requests: client.counts.requests };
  } catch (thrown) {
    stop.abort(thrown);
    throw thrown;
  } finally {
    await Promise.all([client.close(), sqlColumns.close()]);
  }
}
