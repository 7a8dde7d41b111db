import type { ConnectionPathRow, FileRow } from "@dagster-sigma/sigma-client";
import { SigmaApiError } from "@dagster-sigma/sigma-client";
import type { OpenQuestions } from "../../derive/open-questions/open-questions.ts";
import { objectId } from "../../state/object-id.ts";
import type { CallFailure, TableState } from "../../state/organization-state.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";

/** Which tables documents read: by id, and by names in their SQL. */
export type WantedTables = Pick<OpenQuestions, "tableIds" | "isNamedTable">;

/** Tables that the whole listing does not show are asked for one by one, up to this many. */
const maxLookupsAfterListing = 20;

/**
 * Where the tables are that documents read. The paths of all connections come first, a thousand a call. As soon as
 * fewer tables are missing than calls were made, the rest is asked for one by one: a warehouse may have a hundred times
 * as many tables. A credential that may not read paths gets the listing of files, which knows no connection.
 */
export async function fetchTables(
  context: FetchContext,
  failures: CallFailure[],
  wanted: WantedTables,
): Promise<readonly TableState[]> {
  if (wanted.tableIds.size === 0 && wanted.isNamedTable === null) return [];
  const found = new FoundTables(wanted);
  const isRead = await orNote(context, failures, "connectionPaths", async () => {
    const isWhole = await readPaths(context, found);
    await lookUp(context, found, isWhole ? maxLookupsAfterListing : Number.POSITIVE_INFINITY);
    return true;
  });
  if (isRead === null && found.missing.size > 0) {
    await orNote(context, failures, "tables", () => readFiles(context, found));
  }
  return found.tables();
}

/** The tables found so far, and the ids still missing. */
class FoundTables {
  readonly missing: Set<string>;
  readonly #isNamed: WantedTables["isNamedTable"];
  readonly #found = new Map<string, TableState>();

  constructor({ tableIds, isNamedTable }: WantedTables) {
    this.missing = new Set(tableIds);
    this.#isNamed = isNamedTable;
  }

  /** Whether nothing more is to be learnt from a listing. */
  get isComplete(): boolean {
    return this.missing.size === 0 && this.#isNamed === null;
  }

  /** Whether single calls take fewer than so many. */
  takesFewerThan(calls: number): boolean {
    return this.#isNamed === null && this.missing.size <= calls;
  }

  add(id: string, path: readonly string[], connectionId: string | null): void {
    const isWanted =
      this.missing.has(id) || (connectionId !== null && this.#isNamed?.(connectionId, path) === true);
    if (isWanted) this.#found.set(id, { id, path, connectionId, columns: null });
    this.missing.delete(id);
  }

  tables(): readonly TableState[] {
    return [...this.#found.values()];
  }
}

/** Whether the listing was read to its end. */
async function readPaths({ client, signal }: FetchContext, found: FoundTables): Promise<boolean> {
  let calls = 0;
  if (found.takesFewerThan(1)) return false;
  for await (const page of client.connections.paths({}, { signal }).pages()) {
    calls++;
    for (const { urlId, path, connectionId } of page) {
      if (urlId != null) found.add(objectId(urlId), path, connectionId ?? null);
    }
    if (found.isComplete || found.takesFewerThan(calls)) return false;
  }
  return true;
}

async function lookUp(
  { client, signal }: FetchContext,
  found: FoundTables,
  maxLookups: number,
): Promise<void> {
  const ids = [...found.missing].slice(0, maxLookups);
  await Promise.all(
    ids.map(async (id) => {
      const row = await unlessUnknown(() => client.connections.path(id, { signal }));
      if (row !== null) found.add(id, row.path, row.connectionId ?? null);
    }),
  );
}

/** Null for a table that is archived, gone, or hidden from the credential. */
async function unlessUnknown(call: () => Promise<ConnectionPathRow>): Promise<ConnectionPathRow | null> {
  try {
    return await call();
  } catch (thrown) {
    const isUnknown = thrown instanceof SigmaApiError && [400, 404, 409, 410].includes(thrown.status);
    if (isUnknown && !thrown.routeMissing) return null;
    throw thrown;
  }
}

async function readFiles({ client, signal }: FetchContext, found: FoundTables): Promise<void> {
  for await (const file of client.files.list({ typeFilters: "table" }, { signal })) {
    const id = fileId(file);
    if (id !== null && found.missing.has(id)) found.add(id, filePath(file, id), null);
    if (found.missing.size === 0) return;
  }
}

/** Null for a row that stands for an error. */
function fileId({ id, urlId }: FileRow): string | null {
  const written = id ?? urlId;
  return written == null ? null : objectId(written);
}

/** `Connection Root/DB/SCHEMA` and the name of the file: the first part is no part of the table's own path. */
function filePath({ path, name }: FileRow, id: string): readonly string[] {
  return [...(path ?? "").split("/").slice(1), name ?? id];
}
