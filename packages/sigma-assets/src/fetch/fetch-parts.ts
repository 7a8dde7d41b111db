import { compareText } from "@dagster-sigma/foundation";
import type { DataModelRow } from "@dagster-sigma/sigma-client";
import { parseSqlDialect } from "@dagster-sigma/sql-lineage/tables";
import { openQuestions } from "../derive/open-questions/open-questions.ts";
import { SigmaFilter } from "../filter/sigma-filter.ts";
import { documentIds, ownerIds } from "../state/document-kinds.ts";
import { objectId } from "../state/object-id.ts";
import type { CallFailure, DocumentLists, OrganizationState } from "../state/organization-state.ts";
import { stateFormatVersion } from "../state/state-format.ts";
import { endsLoad } from "./calls/ends-load.ts";
import { fetchBadges } from "./calls/fetch-badges.ts";
import type { FetchContext } from "./calls/fetch-context.ts";
import { fetchDatasetQueries } from "./calls/fetch-dataset-queries.ts";
import { fetchEach } from "./calls/fetch-each.ts";
import { fetchListings, type ListContext, type Listings } from "./calls/fetch-listings.ts";
import { fetchMatcherAnswers } from "./calls/fetch-matcher-answers.ts";
import { fetchMembers } from "./calls/fetch-members.ts";
import { fetchReadDocuments } from "./calls/fetch-read-documents.ts";
import { fetchSpecs } from "./calls/fetch-specs.ts";
import { fetchTables } from "./calls/fetch-tables.ts";
import { fetchUnresolvedDetails } from "./calls/fetch-unresolved-details.ts";
import { fetchWorkbook } from "./calls/fetch-workbook.ts";
import { listingMarks } from "./reuse/reusable-fetch.ts";

/**
 * Fetches the state of an organization: first the listings, then the details of each document that the filter
 * includes. A failed detail is recorded with its object.
 *
 * @throws SigmaError of a failed listing, or of a failed lineage call with `warnOnLineageFetchError: false`
 */
export async function fetchParts(base: PartsContext): Promise<OrganizationState> {
  const failures: CallFailure[] = [];
  const { context, listings } = await listOrganization(base, failures);
  const documents = await fetchDocuments(context, failures, listings);
  const questions = openQuestions({ ...documents, connections: listings.connections });
  const [datasets, { tables, missingTables }, members, badges] = await Promise.all([
    fetchDatasetQueries(context, documents.datasets, documents.workbooks),
    fetchTables(context, failures, questions),
    fetchMembers(context, failures, ownerIds(documents)),
    fetchBadges(context, failures, documentIds(documents)),
  ]);
  const state: OrganizationState = {
    header: {
      formatVersion: stateFormatVersion,
      baseUrl: base.client.baseUrl,
      organizationId: listings.organizationId,
      options: base.options,
      fetchedAt: base.now,
      listed: listings.listed,
      ...(Object.values(listings.lost).every((count) => count === 0) ? {} : { lost: listings.lost }),
    },
    workbooks: sortById(documents.workbooks),
    dataModels: sortById(documents.dataModels),
    datasets: sortById(datasets),
    tables: sortById(tables),
    missingTables: sortById(missingTables),
    connections: sortById(listings.connections),
    members: sortById(members),
    badges: sortById(badges),
    upstreams: sortById(await fetchMatcherAnswers(context, failures)),
    failures,
    unreadable: [],
  };
  const whole = await fetchSpecs(context, await fetchUnresolvedDetails(context, state));
  const { rowProblems } = context;
  return {
    ...whole,
    failures: [...whole.failures, ...rowProblems.takeIncomplete()],
    unreadable: rowProblems.rest(),
  };
}

/** The context before the listings. */
type PartsContext = ListContext & { readonly earlier: Promise<FetchContext["previous"]> };

/** Fetches the listings and builds the context for the rest. */
async function listOrganization(
  base: PartsContext,
  failures: CallFailure[],
): Promise<{ readonly context: FetchContext; readonly listings: Listings }> {
  const [listings, previous] = await Promise.all([fetchListings(base, failures), base.earlier]);
  const unlisted = await fetchUnlistedRows(base, previous);
  const personal = [...unlisted.values()].filter((row) => row !== null);
  const { kept } = listings;
  const marks = listingMarks(
    [...listings.dataModels, ...personal, ...kept.dataModels.map(({ properties }) => properties)],
    [...listings.datasets, ...kept.datasets.map(({ properties }) => properties)],
  );
  previous?.compare(marks);
  base.onListed(marks);
  const types = new Map(listings.connections.map(({ id, properties }) => [id, properties.type]));
  const context: FetchContext = {
    ...base,
    previous,
    unlisted: new Map([...unlisted].flatMap(([id, row]) => (row === null ? [] : [[objectId(id), row]]))),
    dialectOf: (id) => parseSqlDialect(types.get(id ?? "")),
  };
  return { context, listings };
}

/** Fetches the workbooks that the filter includes, and data models and datasets. */
async function fetchDocuments(
  context: FetchContext,
  failures: CallFailure[],
  listings: Listings,
): Promise<DocumentLists> {
  const { options } = context;
  const filter = new SigmaFilter(options);
  const owners = filter.needsOwners
    ? await fetchMembers(context, failures, new Set(listings.workbooks.map(({ ownerId }) => ownerId ?? "")))
    : [];
  const emails = new Map(owners.map(({ id, email }) => [id, email]));
  const wanted = listings.workbooks.filter((row) => filter.includes(row, (id) => emails.get(id) ?? null));
  const fetching = fetchEach(context, "workbooks", wanted, fetchWorkbook);
  const all = fetching.then((fetched) => [...fetched, ...listings.kept.workbooks]);
  const readByWorkbooks = all.then((workbooks) => openQuestions({ workbooks }).readDocuments);
  const [workbooks, others] = await Promise.all([
    all,
    fetchReadDocuments(context, failures, listings, readByWorkbooks, options.includeUnusedDatasets),
  ]);
  return { workbooks, ...others };
}

/** Fetches the rows of known data models in personal folders; null for a deleted one. */
async function fetchUnlistedRows(
  { client, signal }: ListContext,
  previous: FetchContext["previous"],
): Promise<ReadonlyMap<string, DataModelRow | null>> {
  const rows = await Promise.all(
    (previous?.unlistedModels() ?? []).map(async (id) => {
      const row = await client.dataModels.get(id, { signal }).catch((thrown: unknown) => {
        if (endsLoad(thrown)) throw thrown;
        // After other failures, the readers of the model ask for it again, and keep the last one.
        return null;
      });
      return [id, row] as const;
    }),
  );
  return new Map(rows);
}

function sortById<Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => compareText(a.id, b.id));
}
