import type { ConnectionPathRow, FileRow } from "@dagster-sigma/sigma-client";
import { SigmaApiError } from "@dagster-sigma/sigma-client";
import type { OpenQuestions } from "../../derive/open-questions/open-questions.ts";
import { objectId } from "../../state/object-id.ts";
import type { CallFailure, TableState } from "../../state/organization-state.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";

/** Tables that documents read: by id, and by name in SQL. */
export type WantedTables = Pick<OpenQuestions, "tableIds" | "isNamedTable">;

/** Maximum number of tables that are fetched one by one after a complete listing. */
const maxLookupsAfterListing = 20;

/**
 * Fetches the paths of the tables that documents read. It first lists the paths of all connections, a thousand per
 * call. As soon as fewer tables are missing than calls were made, it fetches the rest one by one, because a warehouse
 * may have a hundred times as many tables. If the credentials cannot list paths, it uses the file listing, which does
 * not contain the connection.
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

  /** Whether all tables are found. */
  get isComplete(): boolean {
    return this.missing.size === 0 && this.#isNamed === null;
  }

  /** Whether fetching the missing tables one by one takes fewer calls. */
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

/** Returns whether the listing was read completely. */
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

/** Null for a table that is archived, deleted or not accessible. */
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
    // Without a path, the name could be that of another table.
    if (id !== null && found.missing.has(id) && (file.path ?? "") !== "")
      found.add(id, filePath(file, id), null);
    if (found.missing.size === 0) return;
  }
}

/** Null for a row that represents an error. */
function fileId({ id, urlId }: FileRow): string | null {
  const written = id ?? urlId;
  return written == null ? null : objectId(written);
}

/** The table's path from `Connection Root/DB/SCHEMA` and the file name, without the first part. */
function filePath({ path, name }: FileRow, id: string): readonly string[] {
  return [...(path ?? "").split("/").slice(1), name ?? id];
}
