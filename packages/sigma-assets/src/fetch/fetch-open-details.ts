import { setImmediate } from "node:timers/promises";
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
import { DocumentSlots } from "./document-slots.ts";
import type { FetchContext } from "./fetch-context.ts";
import { DocumentFetch } from "./fetch-document.ts";
import { fetchEach } from "./fetch-each.ts";
import { type OpenDetails, openSince } from "./open-since.ts";

/** Documents that are looked through before others have their turn, which takes a few milliseconds. */
const documentsBetween = 50;
/** Each is one call, so that more of them than of documents keep the client busy. */
const maxAsked = 36;

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
  const single = { ...context, slots: new DocumentSlots(maxAsked, context.signal) };
  const asked = new AskedTables(single, state.tables);
  const last = context.previous?.whole ?? null;
  const since = last === null ? null : openSince(last, state);
  const open = since ?? (await lookThrough(state, (ids) => asked.add(ids)));
  asked.add(open.tables);
  const isOpen = ({ id, sources }: WorkbookState | DataModelState): boolean =>
    sources === null && open.documents.has(objectId(id));
  const [tables, workbooks, dataModels] = await Promise.all([
    asked.tables(),
    replaceSome(state.workbooks, isOpen, (left) =>
      fetchEach(single, "sources", left, (_, document) => withSources(context, "workbooks", document)),
    ),
    replaceSome(state.dataModels, isOpen, (left) =>
      fetchEach(single, "sources", left, (_, document) => withSources(context, "dataModels", document)),
    ),
  ]);
  return { ...state, tables, workbooks, dataModels };
}

/**
 * What is open in a state.
 *
 * @param onOpen is told the tables that are known to be open so far, while other documents are looked through
 */
async function lookThrough(
  state: OrganizationState,
  onOpen: (tables: ReadonlySet<string>) => void,
): Promise<OpenDetails> {
  const resolver = new ColumnResolver(state, new SqlTables(state, buildTables(state, [])));
  let count = 0;
  for (const document of resolver.documents.values()) {
    resolveOpenColumns(resolver, document);
    if (++count % documentsBetween !== 0) continue;
    onOpen(resolver.tablesToAsk);
    await setImmediate();
  }
  return { tables: resolver.tablesToAsk, documents: resolver.documentsToAsk };
}

/** Tables, some of them with the columns that they were asked for. */
class AskedTables {
  readonly #context: FetchContext;
  readonly #tables: readonly TableState[];
  readonly #asked = new Map<string, Promise<TableState>>();
  #done = 0;

  constructor(context: FetchContext, tables: readonly TableState[]) {
    this.#context = context;
    this.#tables = tables;
  }

  /** Asks those that were not asked yet. */
  add(ids: ReadonlySet<string>): void {
    for (const table of this.#tables) {
      const id = objectId(table.id);
      if (this.#asked.has(id) || !ids.has(id)) continue;
      const known = this.#context.previous?.tableColumns(table.id) ?? null;
      const asked =
        known === null
          ? this.#context.slots.run(() => this.#ask(table))
          : Promise.resolve({ ...table, columns: known });
      // A failure is told to who waits for the tables.
      asked.catch(() => undefined);
      this.#asked.set(id, asked);
    }
  }

  tables(): Promise<readonly TableState[]> {
    return Promise.all(this.#tables.map((table) => this.#asked.get(objectId(table.id)) ?? table));
  }

  async #ask(table: TableState): Promise<TableState> {
    const asked = await withColumns(this.#context, table);
    this.#context.onProgress({ stage: "table columns", done: ++this.#done, total: this.#asked.size });
    return asked;
  }
}

async function withColumns({ client, routes, signal }: FetchContext, table: TableState): Promise<TableState> {
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
