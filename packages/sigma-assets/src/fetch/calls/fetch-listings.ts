import {
  type DataModelRow,
  type DatasetRow,
  SigmaApiError,
  SigmaAuthenticationError,
  SigmaRateLimitError,
  SigmaServerError,
  type WorkbookRow,
} from "@dagster-sigma/sigma-client";
import { type DocumentKind, documentKinds, documentsOf } from "../../state/document-kinds.ts";
import { objectId } from "../../state/object-id.ts";
import type {
  CallFailure,
  ConnectionState,
  DocumentLists,
  FailureSubject,
  ListedCounts,
  OrganizationState,
} from "../../state/organization-state.ts";
import { keepLostDocuments, type MissingRows } from "../reuse/keep-lost-documents.ts";
import { describeFailure, type FetchContext, orNote } from "./fetch-context.ts";
import type { RowProblems } from "./row-problems.ts";

/** The listings of an organization. */
export interface Listings {
  readonly organizationId: string | null;
  readonly workbooks: readonly WorkbookRow[];
  readonly dataModels: readonly DataModelRow[];
  readonly datasets: readonly DatasetRow[];
  /** Documents of the last state whose rows are unreadable. */
  readonly kept: DocumentLists;
  /** Number of listed documents, including archived data models and kept documents. */
  readonly listed: ListedCounts;
  /** Number of unreadable rows without a kept document. */
  readonly lost: ListedCounts;
  readonly connections: readonly ConnectionState[];
}

/**
 * Lists the documents of an organization. A failed listing ends the fetch, because unlisted documents would silently
 * disappear from the graph. A route that the organization does not offer is recorded instead.
 */
export async function fetchListings(context: ListContext, failures: CallFailure[]): Promise<Listings> {
  const { client, signal, options } = context;
  const [whoami, workbooks, dataModels, datasets, connections] = await Promise.all([
    orNote(context, failures, "organization", () => client.whoami({ signal })),
    listWorkbooks(context, failures),
    unlessGone(context, failures, "dataModels", isNotThere, () => listDataModels(context, failures)),
    unlessGone(context, failures, "datasets", isRefused, () => listDatasets(context, failures)),
    options.fetchLineageData
      ? orNote(context, failures, "connections", () =>
          client.connections.list({ includeArchived: true }, { signal }).toArray(),
        )
      : [],
  ]);
  const kept = keepLost(context, await context.lastGood, { workbooks, dataModels, datasets });
  return {
    organizationId: whoami?.organizationId ?? null,
    workbooks,
    dataModels: dataModels.filter(({ isArchived }) => isArchived !== true || options.includeArchived),
    datasets,
    kept,
    listed: {
      workbooks: workbooks.length + kept.workbooks.length,
      dataModels: dataModels.length + kept.dataModels.length,
      datasets: datasets.length + kept.datasets.length,
    },
    lost: countLost(context.rowProblems, kept),
    connections: (connections ?? []).map((properties) => ({ id: properties.connectionId, properties })),
  };
}

/** The context before the listings. */
export type ListContext = Omit<FetchContext, "dialectOf" | "unlisted" | "previous">;

function keepLost(
  { rowProblems }: ListContext,
  last: OrganizationState | null,
  rows: Pick<Listings, "workbooks" | "dataModels" | "datasets">,
): DocumentLists {
  const ids = (all: readonly string[]): ReadonlySet<string> => new Set(all.map(objectId));
  const workbookIds = ids(rows.workbooks.map(({ workbookId }) => workbookId));
  const modelIds = ids(rows.dataModels.map(({ dataModelId }) => dataModelId));
  const datasetIds = ids(rows.datasets.map(({ datasetId }) => datasetId));
  return {
    workbooks: keepLostDocuments("workbook", last, missingRows("workbook", rowProblems), workbookIds),
    dataModels: keepLostDocuments("dataModel", last, missingRows("dataModel", rowProblems), modelIds),
    datasets: keepLostDocuments("dataset", last, missingRows("dataset", rowProblems), datasetIds),
  };
}

function missingRows(kind: DocumentKind, rowProblems: RowProblems): MissingRows {
  const route = `GET /v2/${documentKinds[kind].list}`;
  return { lost: rowProblems.lostRows(route), isIncomplete: rowProblems.isIncomplete(route) };
}

function countLost(rowProblems: RowProblems, kept: DocumentLists): ListedCounts {
  const count = (kind: DocumentKind): number =>
    Math.max(0, missingRows(kind, rowProblems).lost.length - documentsOf(kept, kind).length);
  return { workbooks: count("workbook"), dataModels: count("dataModel"), datasets: count("dataset") };
}

async function listWorkbooks(
  { client, signal, options }: ListContext,
  failures: CallFailure[],
): Promise<readonly WorkbookRow[]> {
  const list = async (all: boolean): Promise<readonly WorkbookRow[]> => {
    const query = all ? { skipPermissionCheck: true, excludeExplorations: true } : {};
    const archived = options.includeArchived
      ? client.workbooks.list({ ...query, isArchived: true }, { signal }).toArray()
      : [];
    const lists = await Promise.all([client.workbooks.list(query, { signal }).toArray(), archived]);
    return lists.flat();
  };
  return options.visibility === "organization" ? await withFallback(list, failures) : await list(false);
}

/** The listing contains archived models, too; readers of an archived model find it by id. */
async function listDataModels(
  { client, signal, options }: ListContext,
  failures: CallFailure[],
): Promise<readonly DataModelRow[]> {
  const list = (all: boolean): Promise<readonly DataModelRow[]> =>
    client.dataModels.list(all ? { skipPermissionCheck: true } : {}, { signal }).toArray();
  return options.visibility === "organization" ? await withFallback(list, failures) : await list(false);
}

async function listDatasets(
  { client, signal, options }: ListContext,
  failures: CallFailure[],
): Promise<readonly DatasetRow[]> {
  const list = (all: boolean): Promise<readonly DatasetRow[]> =>
    client.datasets.list(all ? { skipPermissionCheck: true } : {}, { signal }).toArray();
  return options.visibility === "organization" ? await withFallback(list, failures) : await list(false);
}

/** Only admins can list the whole organization; for other users, falls back to what the credentials can see. */
async function withFallback<Row>(
  list: (all: boolean) => Promise<readonly Row[]>,
  failures: CallFailure[],
): Promise<readonly Row[]> {
  try {
    return await list(true);
  } catch (thrown) {
    if (!(thrown instanceof SigmaApiError) || thrown.status !== 403) throw thrown;
    if (!failures.some(({ subject }) => subject === "visibility"))
      failures.push(describeFailure("visibility", thrown));
    return await list(false);
  }
}

async function unlessGone<Row>(
  context: ListContext,
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

/** Sigma returns this for organizations that never had data models. */
function isNotThere(error: SigmaApiError): boolean {
  return error.status === 404;
}

/** Sigma is retiring datasets, so forbidden, gone, archived and unknown are expected responses. */
function isRefused(error: SigmaApiError): boolean {
  return !(
    error instanceof SigmaAuthenticationError ||
    error instanceof SigmaRateLimitError ||
    error instanceof SigmaServerError
  );
}
