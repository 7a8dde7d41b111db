import type { DataModelRow, DatasetRow } from "@dagster-sigma/sigma-client";
import { openQuestions } from "../../derive/open-questions/open-questions.ts";
import {
  type DocumentKind,
  documentKindNames,
  documentKinds,
  documentsOf,
} from "../../state/document-kinds.ts";
import { objectId } from "../../state/object-id.ts";
import type {
  CallFailure,
  DocumentLists,
  DocumentStates,
  MissingTableState,
  OrganizationState,
  ShownQuery,
  TableState,
  WorkbookState,
} from "../../state/organization-state.ts";

const dayMs = 24 * 60 * 60 * 1_000;

/** Statuses that are permanent (200: an incomplete listing): such a document is not fetched again until it changes. */
const settledStatuses: ReadonlySet<number> = new Set([200, 400, 403, 404, 409, 410]);

/** Fingerprints of data models and datasets, limited to what their readers depend on. */
export function listingMarks(
  dataModels: readonly DataModelRow[],
  datasets: readonly DatasetRow[],
): ReadonlyMap<string, string> {
  return new Map([
    ...dataModels.map((row) => [objectId(row.dataModelId), modelMark(row)] as const),
    ...datasets.map((row) => [objectId(row.datasetId), documentKinds.dataset.fingerprint(row)] as const),
  ]);
}

/**
 * The results of an earlier fetch that can be reused: a document whose version, change date and archived flag are
 * unchanged, reads nothing changed, and is not due for revalidation.
 */
export class ReusableFetch {
  readonly #documents: ReadonlyMap<DocumentKind, ReadonlyMap<string, DocumentStates[DocumentKind]>>;
  readonly #unlistedModels: readonly string[];
  readonly #tables: ReadonlyMap<string, TableState>;
  readonly #missingTables: ReadonlyMap<string, MissingTableState>;
  readonly #nowMs: number;
  readonly #revalidateAfterMs: number;
  /** Changed data models and datasets. */
  #changed: ReadonlySet<string> = new Set();

  /** The complete state of that fetch; null for an interrupted fetch. */
  readonly whole: OrganizationState | null;
  /** Fingerprints of data models and datasets at that time. */
  readonly #marks: ReadonlyMap<string, string>;

  constructor(
    state: OrganizationState | DocumentLists,
    options: {
      readonly now: string;
      readonly revalidateAfterDays: number;
      /** Fingerprints at the time of the fetch (default: computed from the documents). */
      readonly marks?: ReadonlyMap<string, string>;
    },
  ) {
    this.#documents = new Map(
      documentKindNames.map((kind) => {
        const documents: readonly DocumentStates[DocumentKind][] = documentsOf(state, kind);
        return [kind, new Map(documents.map((document) => [objectId(document.id), document]))] as const;
      }),
    );
    this.#unlistedModels = state.dataModels.filter(({ isListed }) => !isListed).map(({ id }) => id);
    this.whole = "tables" in state ? state : null;
    this.#tables = new Map((this.whole?.tables ?? []).map((table) => [table.id, table]));
    this.#missingTables = new Map((this.whole?.missingTables ?? []).map((table) => [table.id, table]));
    this.#nowMs = Date.parse(options.now);
    this.#revalidateAfterMs = options.revalidateAfterDays * dayMs;
    this.#marks =
      options.marks ??
      listingMarks(
        state.dataModels.map(({ properties }) => properties),
        state.datasets.map(({ properties }) => properties),
      );
  }

  /** Ids of data models that were found through their readers. */
  unlistedModels(): readonly string[] {
    return this.#unlistedModels;
  }

  /** Records the current fingerprints; until then nothing may be reused. */
  compare(now: ReadonlyMap<string, string>): void {
    const all = new Set([...now.keys(), ...this.#marks.keys()]);
    this.#changed = new Set([...all].filter((id) => now.get(id) !== this.#marks.get(id)));
  }

  /** The reusable document of a listed row, with the current row; null if it must be fetched again. */
  unchanged<Kind extends DocumentKind>(
    kind: Kind,
    row: DocumentStates[Kind]["properties"],
  ): DocumentStates[Kind] | null {
    const before = this.last(kind, documentKinds[kind].idOf(row));
    const { fingerprint } = documentKinds[kind];
    if (before === null || fingerprint(before.properties) !== fingerprint(row)) return null;
    if (!this.#holds(before) || this.#readsChanged(kind, before)) return null;
    return { ...before, properties: row };
  }

  /** The last rows of a document, even if they may not be reused. */
  last<Kind extends DocumentKind>(kind: Kind, id: string): DocumentStates[Kind] | null {
    return (this.#documents.get(kind)?.get(objectId(id)) as DocumentStates[Kind] | undefined) ?? null;
  }

  /** The previously fetched SQL of an element, if its workbook was reused. */
  query(datasetId: string, workbook: WorkbookState, elementId: string): ShownQuery | null {
    const before = this.last("workbook", workbook.id);
    if (before === null || before.fetchedAt !== workbook.fetchedAt) return null;
    const queries = this.last("dataset", datasetId)?.queries ?? [];
    return queries.find((query) => query.workbookId === workbook.id && query.elementId === elementId) ?? null;
  }

  /** Previously fetched columns of a table, as a part of its state. */
  tableColumns(id: string): Pick<TableState, "columns" | "unreadable"> | null {
    const { columns = null, unreadable } = this.#tables.get(id) ?? {};
    return columns === null ? null : { columns, ...(unreadable === undefined ? {} : { unreadable }) };
  }

  /** The last path of a table. */
  table(id: string): TableState | null {
    return this.#tables.get(id) ?? null;
  }

  /** A table whose path was asked for in vain, and not so long ago that it should be asked for again. */
  missingTable(id: string): MissingTableState | null {
    const missing = this.#missingTables.get(id);
    if (missing === undefined || missing.tried.some(({ isTransient }) => isTransient)) return null;
    return this.#isRecent(missing) ? missing : null;
  }

  #holds(document: {
    readonly id: string;
    readonly fetchedAt: string;
    readonly failures: readonly CallFailure[];
  }): boolean {
    const isSettled = document.failures.every(({ status }) => status !== null && settledStatuses.has(status));
    return isSettled && this.#isRecent(document);
  }

  #isRecent(document: { readonly id: string; readonly fetchedAt: string }): boolean {
    if (this.#revalidateAfterMs === 0) return true;
    // Revalidation is spread over the second half of the period, so that not all documents are due on one day.
    const share = 0.5 + 0.5 * fraction(document.id);
    return this.#nowMs - Date.parse(document.fetchedAt) < this.#revalidateAfterMs * share;
  }

  #readsChanged<Kind extends DocumentKind>(kind: Kind, document: DocumentStates[Kind]): boolean {
    const { readDocuments } = openQuestions({ [documentKinds[kind].list]: [document] });
    return readDocuments.some(({ id }) => this.#changed.has(id));
  }
}

/** The part of a model's fingerprint that its readers depend on. */
function modelMark(row: DataModelRow): string {
  return `${documentKinds.dataModel.fingerprint(row)} ${row.name ?? ""}`;
}

/** A deterministic number from 0 to 1 for an id. */
function fraction(id: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 16_777_619);
  return (hash >>> 0) / 2 ** 32;
}
