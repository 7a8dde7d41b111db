import type {
  ColumnRow,
  ElementLineageRow,
  ElementRow,
  QueryRow,
  WorkbookRow,
} from "@dagster-sigma/sigma-client";
import { readElementLineage } from "../../derive/open-questions/open-questions.ts";
import type { ElementLineageState, ShownQuery, WorkbookState } from "../../state/organization-state.ts";
import { keepLastGood } from "../reuse/keep-last-good.ts";
import type { FetchContext } from "./fetch-context.ts";
import { DocumentFetch, type DocumentLineage } from "./fetch-document.ts";
import { fetchSqlColumns } from "./fetch-sql-columns.ts";
import { shownQuery } from "./shown-query.ts";
import { unlessUnreadable } from "./unless-unreadable.ts";

/** Maximum number of elements whose SQL is fetched one by one, per workbook. */
const maxElementQueries = 20;

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
    ...(lineage?.queries == null ? {} : { queries: lineage.queries }),
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

/** The lineage of a workbook, from the first route that returns any. */
interface WorkbookLineage extends DocumentLineage, Pick<WorkbookState, "queries"> {
  readonly elementLineage: readonly ElementLineageState[] | null;
}

/** The calls for one workbook. */
class WorkbookFetch extends DocumentFetch {
  /**
   * Fetches the lineage of the workbook; if there is none although the workbook has elements with data, that of its
   * elements; and if there is none either, the SQL of its elements.
   */
  async lineageOrElements(): Promise<WorkbookLineage> {
    const found = await this.lineage();
    if ((found.lineage ?? []).length > 0 || (found.sources ?? []).length > 0) {
      this.noteRefusal(found);
      return { ...found, elementLineage: null };
    }
    const elements = await this.dataElementsIfTold();
    const isAnswered = found.lineage !== null || found.sources !== null;
    if (elements === null && !isAnswered) this.required("lineage", null);
    if (elements === null || elements.length === 0)
      return { ...found, elementLineage: isAnswered ? null : [] };
    const elementLineage = await this.#elementLineage(elements);
    const isTold = elementLineage.some((element) => readElementLineage(element).length > 0);
    const open = new Set(elementLineage.filter(lacksOnlySql).map(({ elementId }) => elementId));
    const asked = isTold ? elements.filter(({ elementId }) => open.has(elementId)) : elements;
    const queries = asked.length === 0 ? [] : await this.#queries(asked, isTold);
    if (!isAnswered && elementLineage.length === 0 && queries.length === 0) this.required("lineage", null);
    this.noteRefusal(found);
    return { ...found, elementLineage, ...(queries.length === 0 ? {} : { queries }) };
  }

  async columnsOrElements(): Promise<readonly ColumnRow[]> {
    const whole = await this.columns();
    if (whole !== null) return whole;
    const columns = await this.#elementColumns();
    if (columns.length === 0 && (await this.dataElements()).length > 0) this.required("columns", null);
    return columns;
  }

  async allElements(): Promise<readonly ElementRow[]> {
    return (await this.elements()) ?? [];
  }

  /** The elements of the workbook or, if Sigma does not return them together, of its pages. */
  protected override async fetchElements(): Promise<readonly ElementRow[]> {
    const whole = await super.fetchElements();
    if (whole !== null) return whole;
    const { signal, client } = this.context;
    const pages = await client.workbooks.pages(this.id, { signal }).toArray();
    const elements = await Promise.all(
      pages.map(({ pageId }) => client.workbooks.pageElements(this.id, pageId, { signal }).toArray()),
    );
    return elements.flat();
  }

  async #elementLineage(elements: readonly ElementRow[]): Promise<readonly ElementLineageState[]> {
    const { signal, client, routes } = this.context;
    const ask = async ({ elementId }: ElementRow): Promise<readonly ElementLineageState[]> => {
      const call = (): Promise<ElementLineageRow | null> =>
        unlessUnreadable(this.context, "GET /v2/workbooks/{id}/lineage/elements/{id}", () =>
          client.workbooks.elementLineage(this.id, elementId, { signal }),
        );
      const lineage = await routes.ask("workbooks/lineage/elements", call, undefined, this.refusals);
      return lineage === null ? [] : [{ elementId, lineage }];
    };
    return (await Promise.all(elements.map(ask))).flat();
  }

  /**
   * The generated SQL of elements: all in one listing or, if Sigma refuses it or only some are needed, one by one.
   */
  async #queries(elements: readonly ElementRow[], isPart: boolean): Promise<readonly ShownQuery[]> {
    const { signal, client, routes } = this.context;
    const list = (): Promise<readonly QueryRow[] | null> =>
      unlessUnreadable(this.context, "GET /v2/workbooks/{id}/queries", () =>
        client.workbooks.queries(this.id, { signal }).toArray(),
      );
    const rows =
      (isPart ? null : await this.whole("queries", list, this.refusals)) ??
      (await Promise.all(
        elements.slice(0, maxElementQueries).map(({ elementId }) => {
          const call = (): Promise<QueryRow | null> =>
            unlessUnreadable(this.context, "GET /v2/workbooks/{id}/elements/{id}/query", () =>
              client.workbooks.elementQuery(this.id, elementId, { signal }),
            );
          return routes.ask("workbooks/elements/query", call, undefined, this.refusals);
        }),
      ));
    return rows.flatMap((row) => (row === null ? [] : (shownQuery(this.id, row.elementId, row) ?? [])));
  }

  async #elementColumns(): Promise<readonly ColumnRow[]> {
    const { signal, client, routes } = this.context;
    const found = await Promise.all(
      (await this.dataElements()).map(async ({ elementId }) => {
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
}

/**
 * Whether an element reads custom SQL, whose text its lineage does not contain, but no data models, datasets and uploads. Then
 * its generated SQL contains the tables that it reads, and no table of another asset.
 */
function lacksOnlySql(element: ElementLineageState): boolean {
  const references = readElementLineage(element);
  return (
    references.some(({ type }) => type === "customSql") &&
    references.every(
      (reference) =>
        ["customSql", "table", "unresolved"].includes(reference.type) ||
        (reference.type === "other" && reference.kind === "worksheet"),
    )
  );
}
