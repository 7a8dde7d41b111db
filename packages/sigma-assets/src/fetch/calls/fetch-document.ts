import type {
  ColumnRow,
  ElementRow,
  LineageRow,
  MaterializationScheduleRow,
  SourceRow,
} from "@dagster-sigma/sigma-client";
import { SigmaApiError } from "@dagster-sigma/sigma-client";
import { isDataElement } from "../../state/data-element.ts";
import type { CallFailure, FailureSubject } from "../../state/organization-state.ts";
import { describeFailure, type FetchContext, orNote } from "./fetch-context.ts";
import type { RowProblems } from "./row-problems.ts";
import { stripSigmaComment } from "./strip-sigma-comment.ts";

/** The lineage of a document. */
export interface DocumentLineage {
  readonly lineage: readonly LineageRow[] | null;
  readonly sources: readonly SourceRow[] | null;
}

/** Permanent refusals of lineage, after which another route may still answer. */
const lineageRefusals: ReadonlySet<number> = new Set([403, 409, 410, 422]);

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
  #elements: Promise<readonly ElementRow[] | null> | null = null;

  constructor(context: FetchContext, collection: "workbooks" | "dataModels", id: string) {
    this.context = context;
    this.#collection = collection;
    this.id = id;
  }

  /** The elements, fetched at most once. */
  elements(): Promise<readonly ElementRow[] | null> {
    this.#elements ??= this.fetchElements();
    return this.#elements;
  }

  protected fetchElements(): Promise<readonly ElementRow[] | null> {
    return this.whole("elements", () => this.#calls.elements(this.id, this.#options).toArray());
  }

  /** The elements that can have lineage and columns; Sigma returns errors for the others. */
  async dataElements(): Promise<readonly ElementRow[]> {
    return ((await this.elements()) ?? []).filter(isDataElement);
  }

  columns(): Promise<readonly ColumnRow[] | null> {
    return this.whole("columns", () => this.#calls.columns(this.id, this.#options).toArray());
  }

  /** The elements with data; null if Sigma refuses to return them. */
  protected async dataElementsIfTold(): Promise<readonly ElementRow[] | null> {
    try {
      return await this.dataElements();
    } catch (thrown) {
      if (thrown instanceof SigmaApiError && lineageRefusals.has(thrown.status)) return null;
      throw thrown;
    }
  }

  /**
   * Fetches the lineage, and the sources if the lineage is missing, lacks the text of SQL, or is empty although the
   * document has elements with data.
   */
  async lineage(): Promise<DocumentLineage> {
    const call = (): Promise<readonly LineageRow[]> => this.#calls.lineage(this.id, this.#options).toArray();
    const rows = await this.whole("lineage", call, this.refusals);
    const lineage = rows?.map(withoutComment) ?? null;
    if (lineage !== null && !leavesOutSql(lineage) && !(await this.#isEmptyBesideData(lineage)))
      return { lineage, sources: null };
    const sources = await this.sources();
    return { lineage: lineage === null ? null : withSqlOf(lineage, sources ?? []), sources };
  }

  /** Records that the lineage was refused, although another route returned sources. */
  protected noteRefusal({ lineage }: DocumentLineage): void {
    const refusal = lineage === null ? this.#refusals.get("lineage") : undefined;
    if (refusal !== undefined && lineageRefusals.has(refusal.status))
      this.failures.push(describeFailure("lineage", refusal));
  }

  /** Further refusals of routes for lineage, unless a failure must end the load. */
  protected get refusals(): ReadonlySet<number> | undefined {
    return this.context.warnOnLineageFetchError ? lineageRefusals : undefined;
  }

  async #isEmptyBesideData(lineage: readonly LineageRow[]): Promise<boolean> {
    return lineage.length === 0 && ((await this.dataElementsIfTold()) ?? []).length > 0;
  }

  async sources(): Promise<readonly SourceRow[] | null> {
    const call = (): Promise<readonly SourceRow[]> => this.#calls.sources(this.id, this.#options).toArray();
    const rows = await this.whole("sources", call, this.refusals);
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

  protected async whole<Rows extends readonly unknown[]>(
    part: string,
    call: () => Promise<Rows | null>,
    refusals?: ReadonlySet<number>,
  ): Promise<Rows | null> {
    const onRefused = (answer: SigmaApiError): unknown => this.#refusals.set(part, answer);
    const rows = await this.context.routes.ask(`${this.#collection}/${part}`, call, onRefused, refusals);
    return rows === null ? null : this.context.texts.share(rows);
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
  return lineage.some(isSqlWithoutText);
}

function isSqlWithoutText({ type, definition }: LineageRow): boolean {
  return type.toLowerCase() === "customsql" && (definition ?? "") === "";
}

/** Completes custom SQL without text from the sources, which identify it by the same name. */
function withSqlOf(lineage: readonly LineageRow[], sources: readonly SourceRow[]): readonly LineageRow[] {
  const texts = new Map(sources.map(({ customSqlId, definition }) => [customSqlId ?? "", definition ?? ""]));
  return lineage.map((row) => {
    const text = isSqlWithoutText(row) ? (texts.get(row.name ?? "") ?? "") : "";
    return text === "" ? row : { ...row, definition: text };
  });
}

/** Removes the comment with an e-mail address from SQL, so that the state does not contain it. */
function withoutComment<SqlRow extends Pick<LineageRow, "definition">>(row: SqlRow): SqlRow {
  return row.definition == null ? row : { ...row, definition: stripSigmaComment(row.definition) };
}
