import { type FileRow, SigmaError } from "@dagster-sigma/sigma-client";
import { objectId } from "../../state/object-id.ts";
import type { CallFailure, FailureSubject, OrganizationState } from "../../state/organization-state.ts";
import { isTransient } from "../../state/transient-failure.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";
import { filePath } from "./file-path.ts";
import { FoundTables, type WantedTables } from "./found-tables.ts";
import { describeAnswer, lookUpTables } from "./look-up-tables.ts";

/**
 * A table that a complete listing of paths omits is usually deleted. Up to this number of missing tables are looked up one by
 * one; if more are missing, the files are listed first.
 */
const maxLookupsBeforeFiles = 20;

/**
 * Fetches the paths of the tables that documents read. Each route is used only for tables that the previous ones did
 * not return:
 *
 * 1. the paths of all connections, a thousand per call. The listing stops when fewer tables are missing than calls were made,
 *    because a warehouse may have a hundred times as many tables; the rest is looked up one by one;
 * 2. the listing of files of type `table`, which does not contain the connection;
 * 3. single calls, see {@link lookUpTables}.
 */
export async function fetchTables(
  context: FetchContext,
  failures: CallFailure[],
  wanted: WantedTables,
): Promise<Pick<OrganizationState, "tables" | "missingTables">> {
  const found = new FoundTables(wanted);
  if (found.isComplete) return { tables: [], missingTables: [] };
  const paths = new Listed(context, failures, found, "connectionPaths", "GET /v2/connections/paths");
  const isWhole = await paths.read(() => readPaths(context, found));
  const listFiles = (): Promise<unknown> =>
    new Listed(context, failures, found, "tables", "GET /v2/files?typeFilters=table").read(() =>
      readFiles(context, found),
    );
  const needsFiles =
    isWhole !== false && found.missing.length > (isWhole === null ? 0 : maxLookupsBeforeFiles);
  if (needsFiles) await listFiles();
  const before = found.missing.length;
  const looked = await lookUpTables(context, found, wanted.singleSourceElements);
  const { calls, isPathRefused } = looked;
  // The listing of paths was skipped because single calls were fewer, but Sigma refused them.
  if (!needsFiles && isPathRefused && found.missing.length > 0) await listFiles();
  const missing = looked.missing.filter(({ id }) => found.isMissing(id));
  for (const [index, failure] of failures.entries()) {
    if (failure.subject !== "connectionPaths" && failure.subject !== "tables") continue;
    const cost = `${calls} calls were made for ${before} single tables, and ${missing.length} of these tables have no path.`;
    failures[index] = { ...failure, message: `${failure.message} ${cost}` };
  }
  return { tables: found.tables(), missingTables: missing };
}

/** A listing of tables. A failure is recorded once for the listing, and for each table that it did not return. */
class Listed {
  readonly #context: FetchContext;
  readonly #failures: CallFailure[];
  readonly #found: FoundTables;
  readonly #subject: FailureSubject;
  readonly #route: string;

  constructor(
    context: FetchContext,
    failures: CallFailure[],
    found: FoundTables,
    subject: FailureSubject,
    route: string,
  ) {
    this.#context = context;
    this.#failures = failures;
    this.#found = found;
    this.#subject = subject;
    this.#route = route;
  }

  /** @returns whether the listing was read completely; null if it failed */
  async read(list: () => Promise<boolean>): Promise<boolean | null> {
    let reason = "not listed";
    const before = this.#failures.length;
    const isWhole = await orNote(this.#context, this.#failures, this.#subject, async () => {
      try {
        return await list();
      } catch (thrown) {
        if (thrown instanceof SigmaError) reason = describeAnswer(thrown);
        throw thrown;
      }
    });
    const wasTransient = this.#failures.slice(before).some(isTransient);
    if (isWhole !== false) this.#found.noteForAll({ route: this.#route, reason, isTransient: wasTransient });
    if (wasTransient) keepLastPaths(this.#context, this.#found);
    return isWhole;
  }
}

/** After a transient failure of a listing, uses the previous paths of the missing tables. */
function keepLastPaths({ previous }: FetchContext, found: FoundTables): void {
  for (const id of found.missing) {
    const table = previous?.table(id) ?? null;
    if (table !== null) found.add(id, table.path, table.connectionId);
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

/** Returns whether the listing was read completely. */
async function readFiles({ client, signal }: FetchContext, found: FoundTables): Promise<boolean> {
  for await (const file of client.files.list({ typeFilters: "table" }, { signal })) {
    const id = fileId(file);
    const path = filePath(file);
    if (id !== null && path !== null && found.isMissing(id)) found.add(id, path, null);
    if (found.missing.length === 0) return false;
  }
  return true;
}

/** Null for a row that represents an error. */
function fileId({ id, urlId }: FileRow): string | null {
  const written = id ?? urlId;
  return written == null ? null : objectId(written);
}
