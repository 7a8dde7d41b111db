import type {
  ColumnRow,
  ElementRow,
  LineageRow,
  MaterializationScheduleRow,
  SigmaApiError,
  SourceRow,
} from "@dagster-sigma/sigma-client";
import type { CallFailure, FailureSubject } from "../../state/organization-state.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";
import type { RowProblems } from "./row-problems.ts";
import { stripSigmaComment } from "./strip-sigma-comment.ts";

/** The lineage of a document. */
export interface DocumentLineage {
  readonly lineage: readonly LineageRow[] | null;
  readonly sources: readonly SourceRow[] | null;
}

/**
 * The whole-document calls that workbooks and data models share. Each returns null if the organization or the document
 * does not offer the route; permanent failures are recorded.
 */
export class DocumentFetch {
  readonly failures: CallFailure[] = [];
  protected readonly context: FetchContext;
  protected readonly id: string;
  readonly #collection: "workbooks" | "dataModels";
  /** Error responses of routes without data for this document. */
  readonly #refusals = new Map<string, SigmaApiError>();

  constructor(context: FetchContext, collection: "workbooks" | "dataModels", id: string) {
    this.context = context;
    this.#collection = collection;
    this.id = id;
  }

  elements(): Promise<readonly ElementRow[] | null> {
    return this.whole("elements", () => this.#calls.elements(this.id, this.#options).toArray());
  }

  columns(): Promise<readonly ColumnRow[] | null> {
    return this.whole("columns", () => this.#calls.columns(this.id, this.#options).toArray());
  }

  /** Fetches the lineage, and the sources if the lineage is missing or lacks the text of SQL. */
  async lineage(): Promise<DocumentLineage> {
    const rows = await this.whole("lineage", () => this.#calls.lineage(this.id, this.#options).toArray());
    const lineage = rows?.map(withoutComment) ?? null;
    const sources = lineage === null || leavesOutSql(lineage) ? await this.sources() : null;
    return { lineage, sources };
  }

  async sources(): Promise<readonly SourceRow[] | null> {
    const rows = await this.whole("sources", () => this.#calls.sources(this.id, this.#options).toArray());
    return rows?.map(withoutComment) ?? null;
  }

  /** Fetches the materialization schedules as a part of the document's state; empty if not requested. */
  async schedules(): Promise<{
    readonly materializationSchedules?: readonly MaterializationScheduleRow[] | null;
  }> {
    if (this.context.options.materializationSchedules !== true) return {};
    const part = "materializationSchedules";
    const found = await this.note(part, async () =>
      this.required(
        part,
        await this.whole(part, () => this.#calls.materializationSchedules(this.id, this.#options).toArray()),
      ),
    );
    return { materializationSchedules: found };
  }

  protected whole<Result>(part: string, call: () => Promise<Result>): Promise<Result | null> {
    return this.context.routes.ask(`${this.#collection}/${part}`, call, (answer) =>
      this.#refusals.set(part, answer),
    );
  }

  /**
   * Returns the result of a route.
   * @throws the error response of the route if there is no result
   */
  protected required<Result>(part: string, found: Result | null): Result {
    if (found !== null) return found;
    throw this.#refusals.get(part) ?? new Error(`There is no reason for the missing ${part}.`);
  }

  async note<Result>(subject: FailureSubject, call: () => Promise<Result>): Promise<Result | null> {
    const result = await orNote(this.context, this.failures, subject, call);
    this.failures.push(...this.context.rowProblems.takeIncomplete(this.#collection, this.id));
    return result;
  }

  /** Unreadable parts of the document's rows, as a part of its state. */
  unreadable(): ReturnType<RowProblems["take"]> {
    return this.context.rowProblems.take(this.#collection, this.id);
  }

  get #calls(): FetchContext["client"]["workbooks"] | FetchContext["client"]["dataModels"] {
    return this.context.client[this.#collection];
  }

  get #options(): { readonly signal: AbortSignal } {
    return { signal: this.context.signal };
  }
}

function leavesOutSql(lineage: readonly LineageRow[]): boolean {
  return lineage.some(
    ({ type, definition }) => type.toLowerCase() === "customsql" && (definition ?? "") === "",
  );
}

/** Removes the comment with an e-mail address from SQL, so that the state does not contain it. */
function withoutComment<SqlRow extends Pick<LineageRow, "definition">>(row: SqlRow): SqlRow {
  return row.definition == null ? row : { ...row, definition: stripSigmaComment(row.definition) };
}
