import type { FileRow } from "@dagster-sigma/sigma-client";
import { objectId } from "../state/object-id.ts";
import type { CallFailure, TableState } from "../state/organization-state.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";

/**
 * The files of the warehouse tables that documents read, from the listing of all tables. Reading stops as soon as all
 * are found: a warehouse may have a hundred times as many.
 */
export async function fetchTables(
  context: FetchContext,
  failures: CallFailure[],
  wantedIds: ReadonlySet<string>,
): Promise<readonly TableState[]> {
  if (wantedIds.size === 0) return [];
  const found = new Map<string, TableState>();
  await orNote(context, failures, "tables", async () => {
    const listing = context.client.files.list({ typeFilters: "table" }, { signal: context.signal });
    for await (const properties of listing) {
      const id = fileId(properties);
      if (id !== null && wantedIds.has(id)) found.set(id, { id, properties });
      if (found.size === wantedIds.size) return;
    }
  });
  return [...found.values()];
}

/** Null for a row that stands for an error. */
function fileId({ id, urlId }: FileRow): string | null {
  const written = id ?? urlId;
  return written == null ? null : objectId(written);
}
