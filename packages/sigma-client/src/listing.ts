import { type FailedCall, SigmaError, SigmaResponseShapeError } from "./errors.ts";
import { parseRow } from "./rows/parse-row.ts";
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
   * rows are dropped, because pages shift when an object is added during the listing.
   *
   * @throws SigmaError `SIGMA_PAGINATION` if a cursor is repeated, or if more than 3 pages in a row have no new rows
   */
  async *pages(): AsyncGenerator<readonly Row[], void, void> {
    const { paging, shape, identity, fetchPage } = this.#options;
    const seenRows = new Set<string>();
    const seenCursors = new Set<string>();
    let pagesWithoutNews = 0;
    for (let cursor: string | number | null = null; ; ) {
      const { json, call } = await fetchPage(this.#queryFor(cursor));
      const page = parsePage(paging.style, json, call);
      const rows = page.entries
        .map((entry, index) => parseRow(shape, entry, call, `${page.at}[${index}]`))
        .filter((row) => isNew(seenRows, identity(row)));
      yield rows;
      if (page.next === null) return;
      pagesWithoutNews = rows.length === 0 ? pagesWithoutNews + 1 : 0;
      if (!isNew(seenCursors, String(page.next))) throw endless(call, "the same cursor was returned twice");
      if (pagesWithoutNews > maxPagesWithoutNews)
        throw endless(call, "several pages in a row have no new rows");
      cursor = page.next;
    }
  }

  #queryFor(cursor: string | number | null): Query {
    const { paging, query } = this.#options;
    if (paging.style === "array") return query;
    const [sizeName, cursorName] = paging.style === "page" ? ["limit", "page"] : ["pageSize", "pageToken"];
    return { ...query, [sizeName]: paging.pageSize, ...(cursor === null ? {} : { [cursorName]: cursor }) };
  }
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
  if (entries !== null && !Array.isArray(entries)) throw wrong("$.entries", "an array", entries);
  const cursorField = style === "token" ? "nextPageToken" : "nextPage";
  const next = fields[cursorField] ?? "";
  if (typeof next !== "string" && typeof next !== "number")
    throw wrong(`$.${cursorField}`, "a cursor or null", next);
  return { entries: entries ?? [], next: next === "" ? null : next, at: "$.entries" };
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
