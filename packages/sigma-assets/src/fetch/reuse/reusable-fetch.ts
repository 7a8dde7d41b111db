import type { DataModelRow, DatasetRow, WorkbookRow } from "@dagster-sigma/sigma-client";
import { openQuestions, type ReadDocument } from "../../derive/open-questions/open-questions.ts";
import { objectId } from "../../state/object-id.ts";
import type {
  CallFailure,
  DataModelState,
  DatasetState,
  OrganizationState,
  ShownQuery,
  TableState,
  WorkbookState,
} from "../../state/organization-state.ts";

const dayMs = 24 * 60 * 60 * 1_000;

/** Answers that will be the same next time: a document that gave one is not asked again until something moves. */
const settledStatuses: ReadonlySet<number> = new Set([400, 403, 404, 409, 410]);

/** What data models and datasets are like, as far as what reads them shows it. */
export function listingMarks(
  dataModels: readonly DataModelRow[],
  datasets: readonly DatasetRow[],
): ReadonlyMap<string, string> {
  return new Map([
    ...dataModels.map((row) => [objectId(row.dataModelId), modelMark(row)] as const),
    ...datasets.map((row) => [objectId(row.datasetId), datasetMark(row)] as const),
  ]);
}

/**
 * What an earlier fetch left, and what of it still holds: a document whose version, change date and archiving are as
 * they were, that reads nothing which changed, and that is not due to be looked at anew.
 */
export class ReusableFetch {
  readonly #workbooks: ReadonlyMap<string, WorkbookState>;
  readonly #models: ReadonlyMap<string, DataModelState>;
  readonly #datasets: ReadonlyMap<string, DatasetState>;
  readonly #tables: ReadonlyMap<string, TableState>;
  readonly #nowMs: number;
  readonly #revalidateAfterMs: number;
  /** Data models and datasets that are not as they were. */
  #changed: ReadonlySet<string> = new Set();

  /** All that was fetched then; null for what a fetch left that did not come to its end. */
  readonly whole: OrganizationState | null;
  /** What data models and datasets were like then. */
  readonly #marks: ReadonlyMap<string, string>;

  constructor(
    state: OrganizationState | Pick<OrganizationState, "workbooks" | "dataModels" | "datasets">,
    options: {
      readonly now: string;
      readonly revalidateAfterDays: number;
      /** What was listed when the documents were fetched; what is among them when left out. */
      readonly marks?: ReadonlyMap<string, string>;
    },
  ) {
    this.#workbooks = new Map(state.workbooks.map((workbook) => [workbook.id, workbook]));
    this.#models = new Map(state.dataModels.map((model) => [objectId(model.id), model]));
    this.#datasets = new Map(state.datasets.map((dataset) => [objectId(dataset.id), dataset]));
    this.whole = "tables" in state ? state : null;
    this.#tables = new Map((this.whole?.tables ?? []).map((table) => [table.id, table]));
    this.#nowMs = Date.parse(options.now);
    this.#revalidateAfterMs = options.revalidateAfterDays * dayMs;
    this.#marks =
      options.marks ??
      listingMarks(
        state.dataModels.map(({ properties }) => properties),
        state.datasets.map(({ properties }) => properties),
      );
  }

  /** Ids of data models that were found through what reads them. */
  unlistedModels(): readonly string[] {
    return [...this.#models.values()].filter(({ isListed }) => !isListed).map(({ id }) => id);
  }

  /** Takes note of what is there now; before it, nothing holds. */
  compare(now: ReadonlyMap<string, string>): void {
    const all = new Set([...now.keys(), ...this.#marks.keys()]);
    this.#changed = new Set([...all].filter((id) => now.get(id) !== this.#marks.get(id)));
  }

  workbook(row: WorkbookRow): WorkbookState | null {
    const before = this.#workbooks.get(row.workbookId);
    if (before === undefined || documentMark(before.properties) !== documentMark(row)) return null;
    if (!this.#holds(before) || this.#readsChanged(openQuestions({ workbooks: [before] }).readDocuments))
      return null;
    return { ...before, properties: row };
  }

  dataModel(row: DataModelRow, isListed: boolean): DataModelState | null {
    const before = this.#models.get(objectId(row.dataModelId));
    if (before === undefined || documentMark(before.properties) !== documentMark(row)) return null;
    if (!this.#holds(before) || this.#readsChanged(openQuestions({ dataModels: [before] }).readDocuments))
      return null;
    return { ...before, properties: row, isListed };
  }

  dataset(row: DatasetRow): DatasetState | null {
    const before = this.#datasets.get(objectId(row.datasetId));
    if (before === undefined || datasetMark(before.properties) !== datasetMark(row)) return null;
    return this.#holds(before) ? { ...before, properties: row, queries: null } : null;
  }

  /** The last rows of a document, whether they still hold or not. */
  lastWorkbook(id: string): WorkbookState | null {
    return this.#workbooks.get(id) ?? null;
  }

  lastDataModel(id: string): DataModelState | null {
    return this.#models.get(objectId(id)) ?? null;
  }

  lastDataset(id: string): DatasetState | null {
    return this.#datasets.get(objectId(id)) ?? null;
  }

  /** The SQL of an element, where the workbook is the one that was asked. */
  query(datasetId: string, workbook: WorkbookState, elementId: string): ShownQuery | null {
    const before = this.#workbooks.get(workbook.id);
    if (before === undefined || before.fetchedAt !== workbook.fetchedAt) return null;
    const queries = this.#datasets.get(datasetId)?.queries ?? [];
    return queries.find((query) => query.workbookId === workbook.id && query.elementId === elementId) ?? null;
  }

  /** Columns of a table that it was asked for. */
  tableColumns(id: string): readonly string[] | null {
    return this.#tables.get(id)?.columns ?? null;
  }

  #holds(document: {
    readonly id: string;
    readonly fetchedAt: string;
    readonly failures: readonly CallFailure[];
  }): boolean {
    const isSettled = document.failures.every(({ status }) => status !== null && settledStatuses.has(status));
    if (!isSettled) return false;
    if (this.#revalidateAfterMs === 0) return true;
    // Spread over the second half of the time, so that not all are due on one day.
    const share = 0.5 + 0.5 * fraction(document.id);
    return this.#nowMs - Date.parse(document.fetchedAt) < this.#revalidateAfterMs * share;
  }

  #readsChanged(documents: readonly ReadDocument[]): boolean {
    return documents.some(({ id }) => this.#changed.has(id));
  }
}

function documentMark({ latestVersion, updatedAt, isArchived }: WorkbookRow | DataModelRow): string {
  return JSON.stringify([latestVersion ?? null, updatedAt ?? null, isArchived === true]);
}

/** What readers of a model show of it too. */
function modelMark(row: DataModelRow): string {
  return `${documentMark(row)} ${row.name ?? ""}`;
}

function datasetMark({ updatedAt, isArchived, name }: DatasetRow): string {
  return JSON.stringify([updatedAt ?? null, isArchived === true, name ?? null]);
}

/** From 0 to 1, always the same for an id. */
function fraction(id: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 16_777_619);
  return (hash >>> 0) / 2 ** 32;
}
