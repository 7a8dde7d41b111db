import { ColumnResolver } from "../column-lineage/column-resolver.ts";
import { resolveOpenColumns } from "../column-lineage/resolve-open-columns.ts";
import { buildTables } from "../lineage/build-tables.ts";
import { SqlTables } from "../lineage/sql-tables.ts";
import { objectId } from "../state/object-id.ts";
import type {
  DataModelState,
  OrganizationState,
  TableState,
  WorkbookState,
} from "../state/organization-state.ts";
import type { FetchContext } from "./fetch-context.ts";
import { DocumentFetch } from "./fetch-document.ts";
import { fetchEach } from "./fetch-each.ts";

/**
 * A state with the few details that its column lineage leaves open: how columns of tables are really written where
 * formulas only have the name that Sigma shows, and which elements of a data model are read where it has several of one
 * name.
 */
export async function fetchOpenDetails(
  context: FetchContext,
  state: OrganizationState,
): Promise<OrganizationState> {
  const { fetchColumnData, fetchLineageData } = context.options;
  if (!fetchColumnData || !fetchLineageData) return state;
  const before = context.previous?.sameDocuments(state) ?? null;
  if (before !== null) return before;
  const resolver = new ColumnResolver(state, new SqlTables(state, buildTables(state, [])));
  resolveOpenColumns(resolver);
  const isOpen = ({ id, sources }: WorkbookState | DataModelState): boolean =>
    sources === null && resolver.documentsToAsk.has(objectId(id));
  const [tables, workbooks, dataModels] = await Promise.all([
    replaceSome(
      state.tables,
      ({ id }) => resolver.tablesToAsk.has(objectId(id)),
      (open) => fetchEach(context, "table columns", open, withColumns),
    ),
    replaceSome(state.workbooks, isOpen, (open) =>
      fetchEach(context, "sources", open, (_, document) => withSources(context, "workbooks", document)),
    ),
    replaceSome(state.dataModels, isOpen, (open) =>
      fetchEach(context, "sources", open, (_, document) => withSources(context, "dataModels", document)),
    ),
  ]);
  return { ...state, tables, workbooks, dataModels };
}

async function withColumns(
  { client, routes, signal, previous }: FetchContext,
  table: TableState,
): Promise<TableState> {
  const before = previous?.tableColumns(table.id) ?? null;
  if (before !== null) return { ...table, columns: before };
  const columns = await routes.ask("connections/tables/columns", () =>
    client.connections.tableColumns(table.id, { signal }).toArray(),
  );
  return { ...table, columns: columns?.map(({ name }) => name) ?? null };
}

async function withSources<Document extends WorkbookState | DataModelState>(
  context: FetchContext,
  collection: "workbooks" | "dataModels",
  document: Document,
): Promise<Document> {
  const fetch = new DocumentFetch(context, collection, document.id);
  const sources = await fetch.note("lineage", () => fetch.sources());
  return { ...document, sources, failures: [...document.failures, ...fetch.failures] };
}

async function replaceSome<Item extends { readonly id: string }>(
  items: readonly Item[],
  isOpen: (item: Item) => boolean,
  replace: (open: readonly Item[]) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  const replaced = new Map((await replace(items.filter(isOpen))).map((item) => [item.id, item]));
  return items.map((item) => replaced.get(item.id) ?? item);
}
