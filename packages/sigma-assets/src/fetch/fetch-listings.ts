import {
  type DataModelRow,
  type DatasetRow,
  SigmaApiError,
  SigmaAuthenticationError,
  SigmaRateLimitError,
  SigmaServerError,
  type WorkbookRow,
} from "@dagster-sigma/sigma-client";
import type { CallFailure, ConnectionState, FailureSubject } from "../state/organization-state.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";

/** What an organization lists. */
export interface Listings {
  readonly organizationId: string | null;
  readonly workbooks: readonly WorkbookRow[];
  readonly dataModels: readonly DataModelRow[];
  readonly datasets: readonly DatasetRow[];
  readonly connections: readonly ConnectionState[];
}

/**
 * Lists the documents of an organization. One listing that fails ends it all, because what is not listed would silently
 * vanish from the graph; only a route that the organization does not have, or no longer, is noted instead.
 */
export async function fetchListings(
  context: Omit<FetchContext, "dialectOf">,
  failures: CallFailure[],
): Promise<Listings> {
  const { client, signal, options } = context;
  const [whoami, workbooks, dataModels, datasets, connections] = await Promise.all([
    orNote(context, failures, "organization", () => client.whoami({ signal })),
    client.workbooks.list({}, { signal }).toArray(),
    unlessGone(context, failures, "dataModels", isNotThere, () =>
      client.dataModels.list({}, { signal }).toArray(),
    ),
    unlessGone(context, failures, "datasets", isRefused, () =>
      client.datasets.list({}, { signal }).toArray(),
    ),
    options.fetchLineageData
      ? orNote(context, failures, "connections", () =>
          client.connections.list({ includeArchived: true }, { signal }).toArray(),
        )
      : [],
  ]);
  return {
    organizationId: whoami?.organizationId ?? null,
    workbooks,
    dataModels,
    datasets,
    connections: (connections ?? []).map((properties) => ({ id: properties.connectionId, properties })),
  };
}

async function unlessGone<Row>(
  context: Omit<FetchContext, "dialectOf">,
  failures: CallFailure[],
  subject: FailureSubject,
  isGone: (error: SigmaApiError) => boolean,
  list: () => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows = await orNote(context, failures, subject, async () => {
    try {
      return { rows: await list(), error: null };
    } catch (thrown) {
      if (thrown instanceof SigmaApiError && isGone(thrown)) throw thrown;
      return { rows: [], error: thrown };
    }
  });
  if (rows?.error != null) throw rows.error;
  return rows?.rows ?? [];
}

/** Organizations that never had data models answer so. */
function isNotThere(error: SigmaApiError): boolean {
  return error.status === 404;
}

/** Sigma is taking datasets away: forbidden, gone, archived, unknown are all answers to expect. */
function isRefused(error: SigmaApiError): boolean {
  return !(
    error instanceof SigmaAuthenticationError ||
    error instanceof SigmaRateLimitError ||
    error instanceof SigmaServerError
  );
}
