import { type FailedCall, SigmaError, SigmaResponseShapeError } from "./errors.ts";
import { parseRow } from "./rows/parse-row.ts";
import type { RowShape } from "./rows/row-shape.ts";

/** How an endpoint splits its rows into pages. All styles also accept a bare array, which some endpoints still send. */
export type Paging =
  /** `page` and `limit` go in, `nextPage` comes out. Sigma's own limit is 50, the highest 1,000. */
  | { readonly style: "page"; readonly pageSize: number }
  /** `pageToken` and `pageSize` go in, `nextPageToken` comes out. */
  | { readonly style: "token"; readonly pageSize: number }
  /** One array, no pages, no parameters. */
  | { readonly style: "array" };

/** A list is sent as one parameter for each of its values. */
type QueryValue = string | number | boolean | readonly string[];
export type Query = Readonly<Record<string, QueryValue | undefined>>;

export interface ListingOptions<Row> {
  readonly paging: Paging;
  readonly query: Query;
  readonly shape: RowShape<Row>;
  /** Rows with the same identity are one row. */
  readonly identity: (row: Row) => string;
  /** Fetches one page and tells what call that was. */
  readonly fetchPage: (query: Query) => Promise<{ readonly json: unknown; readonly call: FailedCall }>;
}

/** The rows of an endpoint: iterate them, their pages, or take them all. Nothing is fetched before. */
export class Listing<Row> implements AsyncIterable<Row> {
  readonly #options: ListingOptions<Row>;

  constructor(options: ListingOptions<Row>) {
    this.#options = options;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, void> {
    for await (const page of this.pages()) yield* page;
  }

  async toArray(): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for await (const page of this.pages()) rows.push(...page);
    return rows;
  }

  /**
   * Cursors are opaque. The end is where no cursor comes back; `hasMore` is not looked at, because Sigma deprecated it.
   * A row that came before is dropped: pages shift when an object is added while they are read.
   *
   * @throws SigmaError `SIGMA_PAGINATION` when a cursor comes back twice, or pages keep coming with nothing new
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
      if (!isNew(seenCursors, String(page.next))) throw endless(call, "the same cursor came back twice");
      if (pagesWithoutNews > maxPagesWithoutNews) throw endless(call, "page after page brings nothing new");
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

/** A page may be empty, or repeated because rows shifted; three of them in a row are no accident. */
const maxPagesWithoutNews = 3;

interface Page {
  readonly entries: readonly unknown[];
  readonly next: string | number | null;
  /** Where the entries stand in the answer. */
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
    message: `the listing does not come to an end: ${why}.`,
    hint: "Try again; if it happens again, it is a fault of Sigma's API: report it with this line.",
  });
}
