import type { ColumnRow, ElementRow, LineageRow, WorkbookRow } from "@dagster-sigma/sigma-client";
import type {
  CallFailure,
  ElementLineageState,
  FailureSubject,
  WorkbookState,
} from "../state/organization-state.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";
import { stripSigmaComment } from "./strip-sigma-comment.ts";

/** Types of elements that show data though they have no visualization type. */
const dataElementTypes: ReadonlySet<string> = new Set([
  "table",
  "visualization",
  "pivot-table",
  "input-table",
  "viz",
]);

/**
 * What is inside a workbook, with as few calls as it takes: those for the whole document first, those for its elements
 * only where the first give nothing.
 */
export async function fetchWorkbook(context: FetchContext, properties: WorkbookRow): Promise<WorkbookState> {
  const workbook = new WorkbookFetch(context, properties.workbookId);
  const [lineage, columns] = await Promise.all([
    context.options.fetchLineageData ? workbook.lineage() : nothing,
    context.options.fetchColumnData ? workbook.columns() : null,
  ]);
  return {
    id: properties.workbookId,
    version: properties.latestVersion ?? null,
    properties,
    ...lineage,
    columns,
    failures: workbook.failures,
  };
}

type WorkbookLineage = Pick<WorkbookState, "lineage" | "sources" | "elementLineage">;

const nothing: WorkbookLineage = { lineage: null, sources: null, elementLineage: null };

/** The calls for one workbook; its elements are asked for at most once. */
class WorkbookFetch {
  readonly failures: CallFailure[] = [];
  readonly #context: FetchContext;
  readonly #id: string;
  #dataElements: Promise<readonly ElementRow[]> | null = null;

  constructor(context: FetchContext, id: string) {
    this.#context = context;
    this.#id = id;
  }

  async lineage(): Promise<WorkbookLineage> {
    const { signal, client } = this.#context;
    const found = await this.#note("lineage", async (): Promise<WorkbookLineage> => {
      const lineage = await this.#whole("lineage", () =>
        client.workbooks.lineage(this.#id, { signal }).toArray(),
      );
      if (lineage !== null) return { ...nothing, lineage: lineage.map(withoutComment) };
      const sources = await this.#whole("sources", () =>
        client.workbooks.sources(this.#id, { signal }).toArray(),
      );
      if (sources !== null) return { ...nothing, sources: sources.map(withoutComment) };
      return { ...nothing, elementLineage: await this.#elementLineage() };
    });
    return found ?? nothing;
  }

  columns(): Promise<readonly ColumnRow[] | null> {
    const { signal, client } = this.#context;
    return this.#note("columns", async () => {
      const columns = await this.#whole("columns", () =>
        client.workbooks.columns(this.#id, { signal }).toArray(),
      );
      return columns ?? (await this.#elementColumns());
    });
  }

  async #elementLineage(): Promise<readonly ElementLineageState[]> {
    const { signal, client } = this.#context;
    const elements = await this.#elements();
    const found = await Promise.all(
      elements.map(async ({ elementId }) => {
        const lineage = await this.#context.routes.ask("workbooks/lineage/elements", () =>
          client.workbooks.elementLineage(this.#id, elementId, { signal }),
        );
        return lineage === null ? [] : [{ elementId, lineage }];
      }),
    );
    return found.flat();
  }

  async #elementColumns(): Promise<readonly ColumnRow[]> {
    const { signal, client } = this.#context;
    const elements = await this.#elements();
    const found = await Promise.all(
      elements.map(async ({ elementId }) => {
        const columns = await this.#context.routes.ask("workbooks/elements/columns", () =>
          client.workbooks.elementColumns(this.#id, elementId, { signal }).toArray(),
        );
        return (columns ?? []).map((column) => ({ ...column, elementId }));
      }),
    );
    return found.flat();
  }

  /** The elements that can have lineage and columns; the others answer with errors. */
  #elements(): Promise<readonly ElementRow[]> {
    this.#dataElements ??= this.#fetchElements();
    return this.#dataElements;
  }

  async #fetchElements(): Promise<readonly ElementRow[]> {
    const { signal, client } = this.#context;
    const all =
      (await this.#whole("elements", () => client.workbooks.elements(this.#id, { signal }).toArray())) ??
      (await this.#elementsByPage());
    return all.filter(
      ({ type, vizualizationType }) => vizualizationType != null || dataElementTypes.has(type ?? ""),
    );
  }

  async #elementsByPage(): Promise<readonly ElementRow[]> {
    const { signal, client } = this.#context;
    const pages = await client.workbooks.pages(this.#id, { signal }).toArray();
    const elements = await Promise.all(
      pages.map(({ pageId }) => client.workbooks.pageElements(this.#id, pageId, { signal }).toArray()),
    );
    return elements.flat();
  }

  #whole<Result>(part: string, call: () => Promise<Result>): Promise<Result | null> {
    return this.#context.routes.ask(`workbooks/${part}`, call);
  }

  #note<Result>(subject: FailureSubject, call: () => Promise<Result>): Promise<Result | null> {
    return orNote(this.#context, this.failures, subject, call);
  }
}

/** SQL in a row must not carry e-mail addresses into the state. */
export function withoutComment<SqlRow extends Pick<LineageRow, "definition">>(row: SqlRow): SqlRow {
  return row.definition == null ? row : { ...row, definition: stripSigmaComment(row.definition) };
}
