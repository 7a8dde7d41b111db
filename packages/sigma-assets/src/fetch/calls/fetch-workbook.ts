import type { ColumnRow, ElementRow, WorkbookRow } from "@dagster-sigma/sigma-client";
import type { ElementLineageState, WorkbookState } from "../../state/organization-state.ts";
import { keepLastGood } from "../reuse/keep-last-good.ts";
import type { FetchContext } from "./fetch-context.ts";
import { DocumentFetch, type DocumentLineage } from "./fetch-document.ts";
import { fetchSqlColumns } from "./fetch-sql-columns.ts";
import { unlessUnreadable } from "./unless-unreadable.ts";

/** Types of elements with data but without visualization type. */
const dataElementTypes: ReadonlySet<string> = new Set([
  "table",
  "visualization",
  "pivot-table",
  "input-table",
  "viz",
]);

/**
 * Fetches the details of a workbook with as few calls as possible: first those for the whole document, then those for
 * single elements if the former return nothing.
 */
export async function fetchWorkbook(context: FetchContext, properties: WorkbookRow): Promise<WorkbookState> {
  const before = context.previous?.unchanged("workbook", properties) ?? null;
  if (before !== null) return before;
  const { fetchColumnData, fetchLineageData } = context.options;
  const id = properties.workbookId;
  const workbook = new WorkbookFetch(context, "workbooks", id);
  const last = context.previous?.last("workbook", id) ?? null;
  const lineageRows = fetchLineageData ? workbook.note("lineage", () => workbook.lineageOrElements()) : null;
  const [lineage, sqlColumns, elements, columns, schedules] = await Promise.all([
    lineageRows,
    fetchSqlColumns(context, lineageRows, last),
    fetchColumnData ? workbook.note("columns", () => workbook.allElements()) : null,
    fetchColumnData ? workbook.note("columns", () => workbook.columnsOrElements()) : null,
    workbook.schedules(),
  ]);
  const state: WorkbookState = {
    id,
    fetchedAt: context.now,
    version: properties.latestVersion ?? null,
    properties,
    lineage: lineage?.lineage ?? null,
    sources: lineage?.sources ?? null,
    elementLineage: lineage?.elementLineage ?? null,
    elements,
    columns,
    sqlColumns,
    ...schedules,
    failures: workbook.failures,
    ...workbook.unreadable(),
  };
  const kept = keepLastGood(state, last);
  // Includes stale rows, because a resumed refresh reads the journal first.
  context.onFetched({ type: "workbook", item: kept });
  return kept;
}

/** The calls for one workbook; its elements are fetched at most once. */
class WorkbookFetch extends DocumentFetch {
  #elements: Promise<readonly ElementRow[]> | null = null;

  async lineageOrElements(): Promise<
    DocumentLineage & { readonly elementLineage: readonly ElementLineageState[] | null }
  > {
    const found = await this.lineage();
    if (found.lineage !== null || found.sources !== null) return { ...found, elementLineage: null };
    const elementLineage = await this.#elementLineage();
    await this.#requireSome("lineage", elementLineage);
    return { ...found, elementLineage };
  }

  async columnsOrElements(): Promise<readonly ColumnRow[]> {
    const whole = await this.columns();
    if (whole !== null) return whole;
    const columns = await this.#elementColumns();
    await this.#requireSome("columns", columns);
    return columns;
  }

  /** @throws the error response for the whole document if elements with data return nothing either */
  async #requireSome(part: string, found: readonly object[]): Promise<void> {
    if (found.length === 0 && (await this.#dataElements()).length > 0) this.required(part, null);
  }

  allElements(): Promise<readonly ElementRow[]> {
    this.#elements ??= this.#fetchElements();
    return this.#elements;
  }

  async #fetchElements(): Promise<readonly ElementRow[]> {
    const whole = await this.elements();
    if (whole !== null) return whole;
    const { signal, client } = this.context;
    const pages = await client.workbooks.pages(this.id, { signal }).toArray();
    const elements = await Promise.all(
      pages.map(({ pageId }) => client.workbooks.pageElements(this.id, pageId, { signal }).toArray()),
    );
    return elements.flat();
  }

  async #elementLineage(): Promise<readonly ElementLineageState[]> {
    const { signal, client, routes } = this.context;
    const found = await Promise.all(
      (await this.#dataElements()).map(async ({ elementId }) => {
        const lineage = await routes.ask("workbooks/lineage/elements", () =>
          unlessUnreadable(this.context, "GET /v2/workbooks/{id}/lineage/elements/{id}", () =>
            client.workbooks.elementLineage(this.id, elementId, { signal }),
          ),
        );
        return lineage === null ? [] : [{ elementId, lineage }];
      }),
    );
    return found.flat();
  }

  async #elementColumns(): Promise<readonly ColumnRow[]> {
    const { signal, client, routes } = this.context;
    const found = await Promise.all(
      (await this.#dataElements()).map(async ({ elementId }) => {
        const columns = await routes.ask("workbooks/elements/columns", () =>
          unlessUnreadable(this.context, "GET /v2/workbooks/{id}/elements/{id}/columns", () =>
            client.workbooks.elementColumns(this.id, elementId, { signal }).toArray(),
          ),
        );
        return (columns ?? []).map((column) => ({ ...column, elementId }));
      }),
    );
    return found.flat();
  }

  /** The elements that can have lineage and columns; Sigma returns errors for the others. */
  async #dataElements(): Promise<readonly ElementRow[]> {
    const elements = await this.allElements();
    return elements.filter(
      ({ type, vizualizationType }) => vizualizationType != null || dataElementTypes.has(type ?? ""),
    );
  }
}
