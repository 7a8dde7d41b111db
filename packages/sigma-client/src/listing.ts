import { type FailedCall, SigmaError, SigmaResponseShapeError } from "./errors.ts";
import { buildRowProblem, type OnRowProblem } from "./row-problem.ts";
import { isValidRow, type LeftOutPart, readRow } from "./rows/read-row.ts";
import type { RowShape } from "./rows/row-shape.ts";

/** How an endpoint pages its rows. All styles also accept a bare array, which some endpoints still return. */
export type Paging =
  /** Parameters `page` and `limit`, cursor `nextPage`. Sigma's default limit is 50, its maximum 1,000. */
  | { readonly style: "page"; readonly pageSize: number }
  /** Parameters `pageToken` and `pageSize`, cursor `nextPageToken`. */
  | { readonly style: "token"; readonly pageSize: number }
  /** One array without pages and parameters. */
  | { readonly style: "array" };

/** A list is sent as one parameter per value. */
type QueryValue = string | number | boolean | readonly string[];
export type Query = Readonly<Record<string, QueryValue | undefined>>;

export interface ListingOptions<Row> {
  readonly paging: Paging;
  readonly query: Query;
  readonly shape: RowShape<Row>;
  /** Rows with the same identity are returned once. */
  readonly identity: (row: Row) => string;
  /** Fetches one page; returns its JSON and the call. */
  readonly fetchPage: (query: Query) => Promise<{ readonly json: unknown; readonly call: FailedCall }>;
  /** Called for every part that is left out. */
  readonly onRowProblem: OnRowProblem;
  /** Whether a listing with more unreadable rows than readable ones is an error. */
  readonly isWhole: boolean;
}

/**
 * The rows of an endpoint, fetched lazily: iterate over rows or {@link pages}, or collect them with {@link toArray}.
 *
 *     for await (const workbook of client.workbooks.list()) console.log(workbook.name);
 */
export class Listing<Row> implements AsyncIterable<Row> {
  readonly #options: ListingOptions<Row>;

  constructor(options: ListingOptions<Row>) {
    this.#options = options;
  }

  /** Iterates over the rows; fetches each page when it is needed. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, void> {
    for await (const page of this.pages()) yield* page;
  }

  /** Fetches all pages. */
  async toArray(): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for await (const page of this.pages()) rows.push(...page);
    return rows;
  }

  /**
   * Iterates over the pages. Cursors are opaque; the last page has none (`hasMore` is deprecated and ignored). Repeated
   * rows are dropped, because pages shift when an object is added during the listing. Unreadable rows and fields are left
   * out and reported.
   *
   * @throws SigmaError `SIGMA_PAGINATION` if a cursor is repeated, or if more than 3 pages in a row have no new rows;
   *   SigmaResponseShapeError at the end of a listing of documents, connections, files or members, if more than half of
   *   its rows are unreadable
   */
  async *pages(): AsyncGenerator<readonly Row[], void, void> {
    const { paging, identity, fetchPage, isWhole } = this.#options;
    const seenRows = new Set<string>();
    const seenCursors = new Set<string>();
    let pagesWithoutNews = 0;
    const counts: RowCounts = { rows: 0, lost: 0, firstLost: null };
    for (let cursor: string | number | null = null; ; ) {
      const { json, call } = await fetchPage(this.#queryFor(cursor));
      const page = parsePage(paging.style, json, call);
      const rows = this.#readRows(page, call, counts).filter((row) => isNew(seenRows, identity(row)));
      yield rows;
      const isLast = page.next === null || pagesWithoutNews === maxPagesWithoutNews;
      if (isWhole && isLast && counts.firstLost !== null && counts.lost > counts.rows / 2) {
        const unreadableRows = `${counts.lost} of ${counts.rows} rows are unreadable`;
        throw new SigmaResponseShapeError(call, { ...counts.firstLost, unreadableRows });
      }
      if (page.next === null) return;
      pagesWithoutNews = rows.length === 0 ? pagesWithoutNews + 1 : 0;
      if (!isNew(seenCursors, String(page.next))) throw endless(call, "the same cursor was returned twice");
      if (pagesWithoutNews > maxPagesWithoutNews)
        throw endless(call, "several pages in a row have no new rows");
      cursor = page.next;
    }
  }

  /** The readable rows of a page. */
  #readRows(page: Page, call: FailedCall, counts: RowCounts): readonly Row[] {
    const { shape, onRowProblem } = this.#options;
    const rows: Row[] = [];
    for (const [index, entry] of page.entries.entries()) {
      const position = counts.rows++;
      if (isValidRow(shape, entry)) {
        rows.push(entry);
        continue;
      }
      const read = readRow(shape, entry);
      if (read.reason === null) {
        rows.push(read.row);
        for (const part of read.leftOut) onRowProblem(buildRowProblem(call, position, part));
      } else {
        counts.lost++;
        counts.firstLost ??= {
          ...read.reason,
          jsonPath: `${page.at}[${index}]${read.reason.field.slice(1)}`,
        };
        onRowProblem(buildRowProblem(call, position, read.reason, { rowId: read.otherId }));
      }
    }
    return rows;
  }

  #queryFor(cursor: string | number | null): Query {
    const { paging, query } = this.#options;
    if (paging.style === "array") return query;
    const [sizeName, cursorName] = paging.style === "page" ? ["limit", "page"] : ["pageSize", "pageToken"];
    return { ...query, [sizeName]: paging.pageSize, ...(cursor === null ? {} : { [cursorName]: cursor }) };
  }
}

/** Counts of the rows so far. */
interface RowCounts {
  rows: number;
  /** Rows that were left out. */
  lost: number;
  firstLost: (LeftOutPart & { readonly jsonPath: string }) | null;
}

/** A single page may be empty, or repeated because rows shifted; more than three in a row are an error. */
const maxPagesWithoutNews = 3;

interface Page {
  readonly entries: readonly unknown[];
  readonly next: string | number | null;
  /** JSON path of the entries in the response. */
  readonly at: string;
}

function parsePage(style: Paging["style"], json: unknown, call: FailedCall): Page {
  if (Array.isArray(json)) return { entries: json, next: null, at: "$" };
  if (style === "array" && json === null) return { entries: [], next: null, at: "$" };
  const wrong = (jsonPath: string, expected: string, found: unknown): SigmaResponseShapeError =>
    new SigmaResponseShapeError(call, { jsonPath, expected, found: kindOf(found) });
  if (typeof json !== "object" || json === null)
    throw wrong("$", "an object with entries, or an array", json);
  const fields = json as Readonly<Record<string, unknown>>;
  const entries = fields["entries"];
  // An empty listing may be null.
  if (!Array.isArray(entries) && (entries !== null || isPositive(fields["total"])))
    throw wrong("$.entries", "an array", entries);
  const cursorField = style === "token" ? "nextPageToken" : "nextPage";
  const next = fields[cursorField] ?? "";
  if (typeof next !== "string" && typeof next !== "number")
    throw wrong(`$.${cursorField}`, "a cursor or null", next);
  return { entries: Array.isArray(entries) ? entries : [], next: next === "" ? null : next, at: "$.entries" };
}

function isPositive(total: unknown): boolean {
  return typeof total === "number" && total > 0;
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  return value === null ? "null" : `a value of type ${typeof value}`;
}

function isNew(seen: Set<string>, id: string): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}

function endless(call: FailedCall, why: string): SigmaError {
  return new SigmaError({
    code: "SIGMA_PAGINATION",
    call,
    message: `the listing has no last page: ${why}.`,
    hint: "Try again; if the error persists, report it to Sigma's support with this message.",
  });
}
