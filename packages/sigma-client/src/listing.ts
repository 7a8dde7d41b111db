import { type FailedCall, SigmaResponseShapeError } from "./errors.ts";
import { ListingCheck, type ListingSettings, type PageFacts } from "./listing-check.ts";
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

export interface ListingOptions<Row> extends ListingSettings {
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
    // A page may have more rows than a function may have arguments.
    for await (const page of this.pages()) for (const row of page) rows.push(row);
    return rows;
  }

  /**
   * Iterates over the pages. Cursors are opaque; the last page has none. Repeated rows are dropped, because pages shift
   * when an object is added during the listing. If the pages contradict each other, the listing starts once more.
   *
   * @throws SigmaError `LIST_INCOMPLETE` if a cursor is repeated or a next page is missing; `SIGMA_PAGINATION` if more than
   *   3 pages in a row have no new rows, or there are more pages or rows than the limits
   */
  async *pages(): AsyncGenerator<readonly Row[], void, void> {
    const { paging, shape, identity, fetchPage } = this.#options;
    const seenRows = new Set<string>();
    const check = new ListingCheck(this.#options);
    for (let cursor: string | number | null = null; ; ) {
      const { json, call } = await fetchPage(this.#queryFor(cursor));
      const page = parsePage(paging.style, json, call);
      const rows = page.entries
        .map((entry, index) => parseRow(shape, entry, call, `${page.at}[${index}]`))
        .filter((row) => isNew(seenRows, identity(row)));
      yield rows;
      const next = check.next({ ...page, rows: page.entries.length, newRows: rows.length }, call);
      if (next === undefined) return;
      cursor = next;
    }
  }

  #queryFor(cursor: string | number | null): Query {
    const { paging, query } = this.#options;
    if (paging.style === "array") return query;
    const [sizeName, cursorName] = paging.style === "page" ? ["limit", "page"] : ["pageSize", "pageToken"];
    return { ...query, [sizeName]: paging.pageSize, ...(cursor === null ? {} : { [cursorName]: cursor }) };
  }
}

interface Page extends Pick<PageFacts, "next" | "hasMore" | "total"> {
  readonly entries: readonly unknown[];
  /** JSON path of the entries in the response. */
  readonly at: string;
}

function parsePage(style: Paging["style"], json: unknown, call: FailedCall): Page {
  const whole = { next: null, hasMore: false, total: null, at: "$" };
  if (Array.isArray(json)) return { ...whole, entries: json };
  if (style === "array" && json === null) return { ...whole, entries: [] };
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
  return {
    entries: entries ?? [],
    next: next === "" ? null : next,
    hasMore: isTrue(fields["hasMore"]),
    total: typeof fields["total"] === "number" ? fields["total"] : null,
    at: "$.entries",
  };
}

/** Some responses have a flag as text. */
function isTrue(value: unknown): boolean {
  return value === true || (typeof value === "string" && value.toLowerCase() === "true");
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
