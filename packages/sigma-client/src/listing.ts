import { hash } from "node:crypto";
import { type FailedCall, SigmaResponseShapeError } from "./errors.ts";
import { ListingCheck, type ListingSettings, type PageFacts } from "./listing-check.ts";
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

export interface ListingOptions<Row> extends ListingSettings {
  readonly paging: Paging;
  readonly query: Query;
  readonly shape: RowShape<Row>;
  /** Rows with the same identity are returned once. */
  readonly identity: (row: Row) => string;
  /** Fetches one page; returns its JSON and the call. */
  readonly fetchPage: (
    query: Query,
  ) => Promise<{ readonly json: unknown; readonly call: FailedCall; readonly length: number }>;
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
    // A call with one argument per row would exceed the stack with some hundred thousand rows.
    for await (const page of this.pages()) for (const row of page) rows.push(row);
    return rows;
  }

  /**
   * Iterates over the pages. Cursors are opaque; the last page has none. Repeated rows are dropped, because pages shift
   * when an object is added during the listing. If the pages contradict each other, the listing starts once more.
   * Unreadable rows and fields are left out and reported.
   *
   * @throws SigmaError `LIST_INCOMPLETE` if a cursor is repeated or a next page is missing; `SIGMA_PAGINATION` if more than
   *   3 pages in a row have no new rows, or there are more pages, rows or characters than the limits; SigmaResponseShapeError at the end
   *   of a listing of documents, connections, files or members, if more than half of its rows are unreadable
   */
  async *pages(): AsyncGenerator<readonly Row[], void, void> {
    const check = new ListingCheck(this.#options);
    try {
      yield* this.#checkedPages(check);
    } catch (thrown) {
      check.release();
      throw thrown;
    }
  }

  async *#checkedPages(check: ListingCheck): AsyncGenerator<readonly Row[], void, void> {
    const { paging, identity, fetchPage, isWhole } = this.#options;
    const seenRows = new Set<string>();
    let counts: RowCounts = { rows: 0, lost: 0, firstLost: null, reported: 0 };
    for (let cursor: string | number | null = null; ; ) {
      const { json, call, length } = await fetchPage(this.#queryFor(cursor));
      const page = parsePage(paging.style, json, call);
      const rows = this.#readRows(page, call, counts).filter((row) => isNew(seenRows, identity(row)));
      yield rows;
      let next: string | number | null | undefined;
      try {
        next = check.next({ ...page, length, rows: page.entries.length, newRows: rows.length }, call);
      } catch (thrown) {
        if (isWhole) refuseIfMostlyUnreadable(counts, call);
        throw thrown;
      }
      if (next === undefined) {
        if (isWhole) refuseIfMostlyUnreadable(counts, call);
        return;
      }
      // The listing starts once more; what was reported is not reported again.
      if (next === null) counts = { rows: 0, lost: 0, firstLost: null, reported: counts.rows };
      cursor = next;
    }
  }

  /** The readable rows of a page. */
  #readRows(page: Page, call: FailedCall, counts: RowCounts): readonly Row[] {
    const { shape } = this.#options;
    const rows: Row[] = [];
    for (const [index, entry] of page.entries.entries()) {
      const position = counts.rows++;
      const onRowProblem = position < counts.reported ? ignoreProblem : this.#options.onRowProblem;
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

const ignoreProblem: OnRowProblem = () => undefined;

/** Counts of the rows so far. */
interface RowCounts {
  rows: number;
  /** Rows that were left out. */
  lost: number;
  firstLost: (LeftOutPart & { readonly jsonPath: string }) | null;
  /** Number of rows, from the first one, whose problems have been reported. */
  readonly reported: number;
}

function refuseIfMostlyUnreadable({ rows, lost, firstLost }: RowCounts, call: FailedCall): void {
  if (firstLost === null || lost <= rows / 2) return;
  const unreadableRows = `${lost} of ${rows} rows are unreadable`;
  throw new SigmaResponseShapeError(call, { ...firstLost, unreadableRows });
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
  // An empty listing may be null.
  if (!Array.isArray(entries) && (entries !== null || isPositive(fields["total"])))
    throw wrong("$.entries", "an array", entries);
  const cursorField = style === "token" ? "nextPageToken" : "nextPage";
  const next = fields[cursorField] ?? "";
  if (typeof next !== "string" && typeof next !== "number")
    throw wrong(`$.${cursorField}`, "a cursor or null", next);
  return {
    entries: Array.isArray(entries) ? entries : [],
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

function isPositive(total: unknown): boolean {
  return typeof total === "number" && total > 0;
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  return value === null ? "null" : `a value of type ${typeof value}`;
}

/** The identity of a row may be as long as the row: its hash takes less memory. */
function isNew(seen: Set<string>, identity: string): boolean {
  const id = identity.length > 64 ? hash("sha256", identity, "base64") : identity;
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}
