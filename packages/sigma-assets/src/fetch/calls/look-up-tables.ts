import { SigmaApiError, SigmaError } from "@dagster-sigma/sigma-client";
import type { OpenQuestions } from "../../derive/open-questions/open-questions.ts";
import type { MissingTableState, ShownQuery } from "../../state/organization-state.ts";
import { isTransient } from "../../state/transient-failure.ts";
import { endsLoad } from "./ends-load.ts";
import { describeFailure, type FetchContext } from "./fetch-context.ts";
import { filePath } from "./file-path.ts";
import type { FoundTables } from "./found-tables.ts";
import { shownQuery } from "./shown-query.ts";

/** Maximum number of calls for single tables in a load (default). */
export const defaultTableLookups = 500;

/** A route that answers 403 this many times, and never otherwise, is not called again. */
const maxRefusals = 20;

/** Maximum number of elements whose SQL is fetched per table. */
const maxQueries = 2;

/** The routes for a single table, in the order in which they are tried. */
const routes = {
  path: "GET /v2/connections/paths/{id}",
  file: "GET /v2/files/{id}",
  query: "GET /v2/workbooks/{id}/elements/{id}/query",
} as const;

/**
 * Fetches the paths of the missing tables one by one: from the connection's paths, from the table's file, and from the
 * SQL of an element that reads only this table.
 *
 * @throws SigmaError of a table without a path, if lineage failures must fail the load
 */
export async function lookUpTables(
  context: FetchContext,
  found: FoundTables,
  readers: OpenQuestions["singleSourceElements"],
): Promise<TableLookups> {
  const lookup = new TableLookup(context, found);
  const ids = found.missing;
  const missing = (await Promise.all(ids.map((id) => lookup.table(id, readers.get(id) ?? [])))).flat();
  return { missing, calls: lookup.calls, isPathRefused: lookup.isPathRefused };
}

/** The result of single calls. */
export interface TableLookups {
  /** Tables without a path from the first two routes. */
  readonly missing: readonly MissingTableState[];
  /** Number of calls made. */
  readonly calls: number;
  /** Whether the route of paths refused a table; a table that it does not know is not refused. */
  readonly isPathRefused: boolean;
}

/** The calls for single tables, within a limit. */
class TableLookup {
  readonly #context: FetchContext;
  readonly #found: FoundTables;
  calls = 0;
  isPathRefused = false;
  readonly #maxCalls: number;
  /** Number of 403 answers by route; infinite after any other answer. */
  readonly #answersLeft = new Map<string, number>();

  constructor(context: FetchContext, found: FoundTables) {
    this.#context = context;
    this.#found = found;
    this.#maxCalls = context.maxTableLookups;
  }

  async table(
    id: string,
    readers: readonly { readonly workbookId: string; readonly elementId: string }[],
  ): Promise<readonly MissingTableState[]> {
    const { client, signal, previous, now } = this.#context;
    const before = previous?.missingTable(id) ?? null;
    if (before !== null) return [before];
    const row = await this.#ask(id, routes.path, () => client.connections.path(id, { signal }));
    if (row !== null) this.#found.add(id, row.path, row.connectionId ?? null);
    if (!this.#found.isMissing(id)) return [];
    if (row !== null) this.#note(id, routes.path, "the path is empty");
    const file = await this.#ask(id, routes.file, () => client.files.get(id, { signal }));
    const path = file === null ? null : filePath(file);
    if (path !== null) this.#found.add(id, path, null);
    else if (file !== null) this.#note(id, routes.file, "the file has no path");
    if (!this.#found.isMissing(id)) return [];
    const query = await this.#firstQuery(id, readers.slice(0, maxQueries));
    return [{ id, fetchedAt: now, tried: this.#found.triedFor(id), query }];
  }

  async #firstQuery(
    id: string,
    readers: readonly { readonly workbookId: string; readonly elementId: string }[],
  ): Promise<ShownQuery | null> {
    const { client, signal } = this.#context;
    if (readers.length === 0) this.#note(id, routes.query, "no element reads only this table");
    for (const { workbookId, elementId } of readers) {
      const row = await this.#ask(id, routes.query, () =>
        client.workbooks.elementQuery(workbookId, elementId, { signal }),
      );
      const query = shownQuery(workbookId, elementId, row);
      if (query !== null) return query;
      if (row !== null) this.#note(id, routes.query, "no SQL");
    }
    return null;
  }

  /** Null if the call fails or may not be made; the reason is recorded with the table. */
  async #ask<Row>(id: string, route: string, call: () => Promise<Row>): Promise<Row | null> {
    const answersLeft = this.#answersLeft.get(route) ?? maxRefusals;
    if (answersLeft <= 0) return this.#note(id, route, "not called, it refused other tables");
    if (this.calls >= this.#maxCalls)
      return this.#note(id, route, "not called, the limit of calls for single tables is reached", true);
    this.calls++;
    try {
      const row = await call();
      this.#answersLeft.set(route, Number.POSITIVE_INFINITY);
      return row;
    } catch (thrown) {
      if (endsLoad(thrown) || !(thrown instanceof SigmaError)) throw thrown;
      if (!this.#context.warnOnLineageFetchError && !isUnknown(thrown)) throw thrown;
      this.#answersLeft.set(route, isRefusal(thrown) ? answersLeft - 1 : Number.POSITIVE_INFINITY);
      if (route === routes.path && !isUnknown(thrown)) this.isPathRefused = true;
      const { status } = describeFailure("tables", thrown);
      return this.#note(id, route, describeAnswer(thrown), isTransient({ status }));
    }
  }

  #note(id: string, route: string, reason: string, isTransient = false): null {
    this.#found.note(id, { route, reason, isTransient });
    return null;
  }
}

/** Whether the answer is about this table: it is archived, deleted or not accessible. */
function isUnknown(error: SigmaError): boolean {
  return error instanceof SigmaApiError && !error.routeMissing && [400, 404, 409, 410].includes(error.status);
}

function isRefusal(error: SigmaError): boolean {
  return error instanceof SigmaApiError && (error.routeMissing || error.status === 403);
}

/** For example `403 SIGMA_PERMISSION`. */
export function describeAnswer(error: SigmaError): string {
  return error instanceof SigmaApiError ? `${error.status} ${error.code}` : error.code;
}
