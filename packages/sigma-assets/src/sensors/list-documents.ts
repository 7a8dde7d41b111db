import type { AssetSpec } from "@dagster-sigma/asset-graph";
import {
  type DataModelRow,
  type DatasetRow,
  SigmaApiError,
  type SigmaClient,
  type WorkbookRow,
} from "@dagster-sigma/sigma-client";
import { type SigmaObject, sigmaObjectOf } from "../derive/translate/sigma-object.ts";
import { objectId } from "../state/object-id.ts";
import type { StateOptions } from "../state/organization-state.ts";

/** A document as Sigma lists it. */
export interface ListedDocument {
  readonly id: string;
  readonly type: "workbook" | "dataModel" | "dataset";
  readonly name: string | null;
  readonly path: string | null;
  readonly isArchived: boolean;
  readonly version: number | null;
  /** ISO 8601; "" if unknown. */
  readonly updatedAt: string;
  /** Member id. */
  readonly updatedBy: string | null;
  readonly url: string | null;
}

/** The documents that Sigma lists now. */
export interface DocumentList {
  readonly documents: readonly ListedDocument[];
  /** Ids of unlisted data models whose row could not be fetched, so that it is unknown whether they still exist. */
  readonly unknown: ReadonlySet<string>;
}

/** Which documents to list. */
export type ListOptions = Pick<StateOptions, "visibility" | "includeArchived"> & {
  readonly withDatasets: boolean;
};

/**
 * Lists the documents with one call per thousand. Data models in personal folders are not listed; those with an asset are
 * fetched one by one.
 */
export async function listDocuments(
  client: SigmaClient,
  assets: ReadonlyMap<string, AssetSpec>,
  options: ListOptions,
  signal: AbortSignal,
): Promise<DocumentList> {
  const all = options.visibility === "organization";
  const [workbooks, dataModels, datasets] = await Promise.all([
    withFallback(all, (query) => listWorkbooks(client, query, options.includeArchived, signal)),
    withFallback(all, (query) =>
      client.dataModels
        .list(query ? { skipPermissionCheck: true } : {}, { signal })
        .toArray()
        .catch(emptyIf404),
    ),
    options.withDatasets ? client.datasets.list({}, { signal }).toArray().catch(emptyIfRefused) : [],
  ]);
  const listed = [
    ...workbooks.map((row) => documentOf("workbook", row.workbookId, row)),
    ...dataModels.map((row) => documentOf("dataModel", row.dataModelId, row)),
    ...datasets.map((row) => documentOf("dataset", row.datasetId, row)),
  ];
  const models = new Set(dataModels.map(({ dataModelId }) => objectId(dataModelId)));
  const personal = [...assets].filter(([id, spec]) => isModel(sigmaObjectOf(spec)) && !models.has(id));
  const unknown = new Set<string>();
  const rows = await Promise.all(
    personal.map(([id]) =>
      client.dataModels.get(id, { signal }).catch((thrown: unknown) => {
        if (!isGone(thrown)) unknown.add(id);
        return null;
      }),
    ),
  );
  const unlisted = rows.flatMap((row) =>
    row === null ? [] : [documentOf("dataModel", row.dataModelId, row)],
  );
  return { documents: [...listed, ...unlisted], unknown };
}

function isModel(object: SigmaObject | null): boolean {
  return object?.type === "dataModel" || object?.type === "dataModelElement";
}

async function listWorkbooks(
  client: SigmaClient,
  all: boolean,
  includeArchived: boolean,
  signal: AbortSignal,
): Promise<readonly WorkbookRow[]> {
  const query = {
    excludeTags: true,
    ...(all ? { skipPermissionCheck: true, excludeExplorations: true } : {}),
  };
  const lists = await Promise.all([
    client.workbooks.list(query, { signal }).toArray(),
    includeArchived ? client.workbooks.list({ ...query, isArchived: true }, { signal }).toArray() : [],
  ]);
  return lists.flat();
}

/** Like a load: only admins can list the whole organization. */
async function withFallback<Row>(
  all: boolean,
  list: (all: boolean) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  try {
    return await list(all);
  } catch (thrown) {
    if (!all || !(thrown instanceof SigmaApiError) || thrown.status !== 403) throw thrown;
    return await list(false);
  }
}

function isGone(thrown: unknown): boolean {
  return thrown instanceof SigmaApiError && (thrown.status === 404 || thrown.status === 410);
}

/** Sigma returns this for organizations that never had data models. */
function emptyIf404(thrown: unknown): readonly never[] {
  if (thrown instanceof SigmaApiError && thrown.status === 404) return [];
  throw thrown;
}

/** Sigma is retiring datasets. */
function emptyIfRefused(thrown: unknown): readonly never[] {
  if (thrown instanceof SigmaApiError && [403, 404, 410].includes(thrown.status ?? 0)) return [];
  throw thrown;
}

function documentOf(
  type: ListedDocument["type"],
  id: string,
  row: (WorkbookRow | DataModelRow | DatasetRow) & Pick<WorkbookRow, "latestVersion">,
): ListedDocument {
  return {
    id: objectId(id),
    type,
    name: row.name ?? null,
    path: row.path ?? null,
    isArchived: row.isArchived === true,
    version: type === "dataset" ? null : (row.latestVersion ?? null),
    updatedAt: row.updatedAt ?? "",
    updatedBy: typeof row.updatedBy === "string" ? row.updatedBy : null,
    url: row.url ?? null,
  };
}
