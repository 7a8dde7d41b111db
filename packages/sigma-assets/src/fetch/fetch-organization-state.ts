import { type DataModelRow, SigmaApiError } from "@dagster-sigma/sigma-client";
import { parseSqlDialect } from "@dagster-sigma/sql-lineage/tables";
import { readIds } from "../lineage/all-sources.ts";
import { workbookSources } from "../lineage/document-sources.ts";
import { sqlNameFilter } from "../lineage/sql-name-filter.ts";
import { SigmaFilter } from "../organization/sigma-filter.ts";
import { compareText } from "../state/compare-text.ts";
import { objectId } from "../state/object-id.ts";
import type { CallFailure, OrganizationState } from "../state/organization-state.ts";
import { stateFormatVersion } from "../state/state-lines.ts";
import { fetchBadges } from "./fetch-badges.ts";
import type { FetchContext } from "./fetch-context.ts";
import { fetchDatasetQueries } from "./fetch-dataset-queries.ts";
import { fetchEach } from "./fetch-each.ts";
import { fetchListings, type ListContext } from "./fetch-listings.ts";
import { fetchMembers } from "./fetch-members.ts";
import { fetchOpenDetails } from "./fetch-open-details.ts";
import { fetchTables } from "./fetch-tables.ts";
import { fetchUpstreamDocuments } from "./fetch-upstream-documents.ts";
import { fetchUpstreams } from "./fetch-upstreams.ts";
import { fetchWorkbook } from "./fetch-workbook.ts";
import { listingMarks } from "./previous-state.ts";

/**
 * Fetches the state of an organization: what it lists, then what is inside each document that the filter keeps. A
 * detail that fails is noted with the object it belongs to.
 *
 * @throws SigmaError of a listing that failed; that of a lineage call where `warnOnLineageFetchError` is off
 */
export async function fetchOrganizationState(
  base: ListContext & { readonly earlier: Promise<FetchContext["previous"]> },
): Promise<OrganizationState> {
  const { options, client } = base;
  const failures: CallFailure[] = [];
  const [listings, previous] = await Promise.all([fetchListings(base, failures), base.earlier]);
  const types = new Map(listings.connections.map(({ id, properties }) => [id, properties.type]));
  const unlisted = await fetchUnlistedRows(base, previous);
  const personal = [...unlisted.values()].filter((row) => row !== null);
  const marks = listingMarks([...listings.dataModels, ...personal], listings.datasets);
  previous?.compare(marks);
  base.onListed(marks);
  const context: FetchContext = {
    ...base,
    previous,
    unlisted: new Map([...unlisted].flatMap(([id, row]) => (row === null ? [] : [[objectId(id), row]]))),
    dialectOf: (id) => parseSqlDialect(types.get(id ?? "")),
  };
  const filter = new SigmaFilter(options);
  const owners = filter.needsOwners
    ? await fetchMembers(context, failures, new Set(listings.workbooks.map(({ ownerId }) => ownerId ?? "")))
    : [];
  const emails = new Map(owners.map(({ id, email }) => [id, email]));
  const wanted = listings.workbooks.filter((row) => filter.includes(row, (id) => emails.get(id) ?? null));
  const fetching = fetchEach(context, "workbooks", wanted, fetchWorkbook);
  const [workbooks, upstream] = await Promise.all([
    fetching,
    fetchUpstreamDocuments(
      context,
      failures,
      listings,
      fetching.then((fetched) => fetched.flatMap(workbookSources)),
      options.includeUnusedDatasets,
    ),
  ]);
  const { dataModels } = upstream;
  const documents = { workbooks, ...upstream };
  const ids = [...workbooks, ...dataModels, ...upstream.datasets].map(({ id }) => objectId(id));
  const [datasets, tables, members, badges] = await Promise.all([
    fetchDatasetQueries(context, upstream.datasets, workbooks),
    fetchTables(context, failures, {
      ids: readIds(documents, "table"),
      isNamed: sqlNameFilter(documents, listings.connections),
    }),
    fetchMembers(context, failures, ownerIds(documents)),
    fetchBadges(context, failures, new Set(ids)),
  ]);
  const state: OrganizationState = {
    header: {
      formatVersion: stateFormatVersion,
      baseUrl: client.baseUrl,
      organizationId: listings.organizationId,
      options,
      fetchedAt: base.now,
      listed: listings.listed,
    },
    workbooks: sortById(workbooks),
    dataModels: sortById(dataModels),
    datasets: sortById(datasets),
    tables: sortById(tables),
    connections: sortById(listings.connections),
    members: sortById(members),
    badges: sortById(badges),
    upstreams: sortById(await fetchUpstreams(context, failures)),
    failures,
  };
  return await fetchOpenDetails(context, state);
}

/** Data models in personal spaces that were met before, as they are now; null for one that is gone. */
async function fetchUnlistedRows(
  { client, signal }: ListContext,
  previous: FetchContext["previous"],
): Promise<ReadonlyMap<string, DataModelRow | null>> {
  const rows = await Promise.all(
    (previous?.unlistedModels() ?? []).map(async (id) => {
      const row = await client.dataModels.get(id, { signal }).catch((thrown: unknown) => {
        if (thrown instanceof SigmaApiError && thrown.status < 500) return null;
        throw thrown;
      });
      return [id, row] as const;
    }),
  );
  return new Map(rows);
}

type Documents = Pick<OrganizationState, "workbooks" | "dataModels" | "datasets">;

function ownerIds({ workbooks, dataModels, datasets }: Documents): ReadonlySet<string> {
  const owners = [
    ...[...workbooks, ...dataModels].map(({ properties }) => properties.ownerId),
    ...datasets.map(({ properties }) => properties.owner),
  ];
  return new Set(owners.filter((owner) => owner != null));
}

function sortById<Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => compareText(a.id, b.id));
}
