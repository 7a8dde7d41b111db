import type { PageAnswer, TokenPageAnswer } from "../wire/answers.ts";
import { Refusal } from "./refusal.ts";

/** Default number of rows per page. */
const defaultPageSize = 50;

/**
 * Paging with `limit`, `page` and `nextPage`. The cursor is the index of the next row as text, as on most of Sigma's
 * endpoints, or an opaque text on other routes.
 */
export function pageOf<Entry>(
  rows: readonly Entry[],
  query: URLSearchParams,
  options: { readonly opaqueCursor: boolean; readonly maxPageSize: number },
): PageAnswer<Entry> {
  const limit = sizeOf(query, "limit", options.maxPageSize);
  const start = readCursor(query.get("page"), options.opaqueCursor);
  const end = start + limit;
  const hasMore = end < rows.length;
  return {
    entries: rows.slice(start, end),
    nextPage: hasMore ? writeCursor(end, options.opaqueCursor) : null,
    hasMore,
    total: rows.length,
  };
}

/** Paging with `pageSize`, `pageToken` and `nextPageToken`, which is missing on the last page. */
export function tokenPageOf<Entry>(
  rows: readonly Entry[],
  query: URLSearchParams,
  options: { readonly maxPageSize: number },
): TokenPageAnswer<Entry> {
  const size = sizeOf(query, "pageSize", options.maxPageSize);
  const start = readCursor(query.get("pageToken"), true);
  const end = start + size;
  const entries = rows.slice(start, end);
  return end < rows.length ? { entries, nextPageToken: writeCursor(end, true) } : { entries };
}

function sizeOf(query: URLSearchParams, name: string, max: number): number {
  const text = query.get(name);
  if (text === null) return Math.min(defaultPageSize, max);
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > 1_000) {
    throw new Refusal(400, "invalid_request", `${name} must be a whole number from 1 to 1000`);
  }
  return Math.min(size, max);
}

function writeCursor(row: number, opaque: boolean): string {
  return opaque ? Buffer.from(`after:${row}`).toString("base64url") : String(row);
}

function readCursor(cursor: string | null, opaque: boolean): number {
  if (cursor === null) return 0;
  const text = opaque
    ? Buffer.from(cursor, "base64url")
        .toString()
        .replace(/^after:/, "")
    : cursor;
  const row = Number(text);
  if (text === "" || !Number.isInteger(row) || row < 0) {
    throw new Refusal(400, "invalid_request", `Unknown page ${cursor}`);
  }
  return row;
}
