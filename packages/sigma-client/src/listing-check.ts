import { type FailedCall, SigmaError } from "./errors.ts";
import type { KeptLength, KeptShare } from "./kept-length.ts";

/** Limits of listings. */
export interface ListingLimits {
  /** Maximum number of pages (default: 20,000). */
  readonly maxPages: number;
  /** Maximum number of rows (default: 5,000,000). */
  readonly maxRows: number;
  /** Maximum length of all pages together, in characters (default: 192 Mi). */
  readonly maxListingLength: number;
  /** Maximum number of rows of a listing of one object, for example the columns of a workbook (default: 100,000). */
  readonly maxDocumentRows: number;
  /** Maximum length of all pages of a listing of one object together, in characters (default: 32 Mi). */
  readonly maxDocumentLength: number;
  /**
   * Maximum length of the listings of all objects together, in characters, plus 512 Ki for each of these listings; those
   * that failed do not count. The listing above it fails. Only for a client that is closed after one load (default: none;
   * 40 Mi in `loadSigmaAssetSpecs`).
   */
  readonly maxAllDocumentsLength: number;
}

export const defaultListingLimits: ListingLimits = {
  maxPages: 20_000,
  maxRows: 5_000_000,
  maxListingLength: 192 * 2 ** 20,
  maxDocumentRows: 100_000,
  maxDocumentLength: 32 * 2 ** 20,
  maxAllDocumentsLength: Number.POSITIVE_INFINITY,
};

/** Limits of one listing. */
export interface OneListingLimits extends Pick<ListingLimits, "maxPages" | "maxRows" | "maxListingLength"> {
  /** The options that raise the limits, for the hint of an error. */
  readonly raisedBy: string;
}

/** The limits of a listing of the organization, or of one object. */
export function limitsOfListing(limits: ListingLimits, isOfObject: boolean): OneListingLimits {
  const { maxPages, maxRows, maxListingLength, maxDocumentRows, maxDocumentLength } = limits;
  if (!isOfObject) return { maxPages, maxRows, maxListingLength, raisedBy: "maxPages and maxRows" };
  return {
    maxPages,
    maxRows: Math.min(maxRows, maxDocumentRows),
    maxListingLength: Math.min(maxListingLength, maxDocumentLength),
    raisedBy: "maxDocumentRows and maxDocumentLength",
  };
}

/** A listing that has fewer rows than Sigma says. Sigma may count rows that the credentials cannot see. */
export interface IncompleteListing {
  /** Method and path of the call. */
  readonly endpoint: string;
  /** Number of rows, as Sigma says. */
  readonly total: number;
  /** Number of rows that Sigma returned. */
  readonly received: number;
}

/** What happens in the listings of a client. */
export interface ListingSettings {
  readonly limits: OneListingLimits;
  /** Counts the characters of the listings of all objects; null for other listings. */
  readonly kept: KeptLength | null;
  readonly onIncomplete?: ((listing: IncompleteListing) => void) | undefined;
  /** Called with the number of rows of a page that came before. */
  readonly onRepeated?: ((rows: number) => void) | undefined;
}

/** What a page says about the listing. */
export interface PageFacts {
  /** The cursor of the next page; null if there is none. */
  readonly next: string | number | null;
  /** Whether Sigma says that there are more rows; false if it does not say. */
  readonly hasMore: boolean;
  /** Number of rows of the listing, as Sigma says; null if it does not say. */
  readonly total: number | null;
  /** Length of the page, in characters. */
  readonly length: number;
  /** Number of rows of the page. */
  readonly rows: number;
  /** Number of rows that did not come before. */
  readonly newRows: number;
}

/** A single page may be empty, or repeated because rows shifted; more than three in a row are an error. */
const maxPagesWithoutNews = 3;

/**
 * Follows the pages of a listing. If they contradict each other, it starts once more from the first page; if they still do,
 * it fails, or reports that rows may be missing.
 */
export class ListingCheck {
  readonly #settings: ListingSettings;
  readonly #kept: KeptShare | null;
  #isSecondTime = false;
  #cursors = new Set<string>();
  #pages = 0;
  #rows = 0;
  #length = 0;
  #received = 0;
  /** Pages of the first time, which have no new rows the second time. */
  #pagesBefore = 0;
  #pagesWithoutNews = 0;

  constructor(settings: ListingSettings) {
    this.#settings = settings;
    this.#kept = settings.kept?.start() ?? null;
  }

  /** The listing failed: its rows are not kept. */
  release(): void {
    this.#kept?.release();
  }

  /**
   * Returns the cursor of the next page, null for the first page; undefined at the end.
   *
   * @throws SigmaError `SIGMA_PAGINATION` if there is no end in sight, `LIST_INCOMPLETE` if rows are certainly missing
   */
  next(page: PageFacts, call: FailedCall): string | number | null | undefined {
    this.#count(page, call);
    const { next, total } = page;
    if (next !== null && !this.#cursors.has(String(next))) {
      this.#cursors.add(String(next));
      return next;
    }
    const contradiction = this.#contradiction(page);
    if (contradiction === null) return undefined;
    if (!this.#isSecondTime) return this.#startAgain();
    if (contradiction !== "total") throw incomplete(call, contradiction, this.#received);
    this.#settings.onIncomplete?.({
      endpoint: call.endpoint,
      total: total ?? 0,
      received: this.#received,
    });
    return undefined;
  }

  #count({ rows, newRows, length }: PageFacts, call: FailedCall): void {
    const { limits, onRepeated } = this.#settings;
    // The second time, rows that came before take no memory.
    const newLength = newRows > 0 ? length : 0;
    this.#pages++;
    this.#rows += newRows;
    this.#length += newLength;
    this.#received += rows;
    this.#pagesWithoutNews = newRows === 0 ? this.#pagesWithoutNews + 1 : 0;
    if (rows > newRows && !this.#isSecondTime) onRepeated?.(rows - newRows);
    const endless = (why: string): SigmaError => buildEndlessError(call, why, limits.raisedBy);
    if (this.#pagesWithoutNews > maxPagesWithoutNews + this.#pagesBefore)
      throw endless("several pages in a row have no new rows");
    if (this.#pages - this.#pagesBefore > limits.maxPages)
      throw endless(`it has more than ${limits.maxPages} pages`);
    if (this.#length > limits.maxListingLength)
      throw endless(`it has more than ${limits.maxListingLength} characters`);
    if (this.#rows > limits.maxRows) throw endless(`it has more than ${limits.maxRows} rows`);
    if (this.#kept?.add(newLength) === false) throw tooMuch(call, this.#kept.limit);
  }

  /** A row that comes twice counts twice, because rows shift to the next page when one is added. */
  #contradiction({ next, hasMore, total }: PageFacts): string | null {
    if (next !== null) return "it returned a cursor twice";
    if (hasMore) return "it has more rows, but no next page";
    return total !== null && total > this.#received ? "total" : null;
  }

  #startAgain(): null {
    this.#isSecondTime = true;
    this.#cursors = new Set();
    this.#received = 0;
    this.#pagesBefore = this.#pages;
    this.#pagesWithoutNews = 0;
    return null;
  }
}

function incomplete(call: FailedCall, why: string, received: number): SigmaError {
  return new SigmaError({
    code: "LIST_INCOMPLETE",
    call,
    message: `the listing ended after ${received} rows, and Sigma says that ${why}; it was requested twice.`,
    hint: "Try again; if the error persists, report it to Sigma's support with this message.",
  });
}

function buildEndlessError(call: FailedCall, why: string, raisedBy: string): SigmaError {
  return new SigmaError({
    code: "SIGMA_PAGINATION",
    call,
    message: `the listing has no end: ${why}.`,
    hint: `Try again; if the error persists, report it to Sigma's support with this message, or raise ${raisedBy} if its size is correct.`,
  });
}

function tooMuch(call: FailedCall, limit: number): SigmaError {
  return new SigmaError({
    code: "SIGMA_PAGINATION",
    call,
    message: `the documents of this load together have more than ${limit} characters.`,
    hint: "Find the documents that are much larger than others, and exclude them, or raise maxAllDocumentsLength.",
  });
}
