import { setImmediate } from "node:timers/promises";
import { openQuestions } from "../../derive/open-questions/open-questions.ts";
import { objectId } from "../../state/object-id.ts";
import type {
  CallFailure,
  DataModelState,
  OrganizationState,
  TableState,
  WorkbookState,
} from "../../state/organization-state.ts";
import { UnreadableParts } from "../../state/unreadable-parts.ts";
import { ConcurrencyLimit } from "./concurrency-limit.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";
import { DocumentFetch } from "./fetch-document.ts";
import { fetchEach } from "./fetch-each.ts";

/**
 * Maximum concurrent details; each is one call, so more of them than of documents are needed to use the client's rate.
 */
const maxAsked = 36;

/**
 * Adds the details that column lineage still needs: real column names of tables for which formulas contain only
 * display names, and the elements that are read of data models with several elements of the same name.
 */
export async function fetchUnresolvedDetails(
  context: FetchContext,
  state: OrganizationState,
): Promise<OrganizationState> {
  const { fetchColumnData, fetchLineageData } = context.options;
  if (!fetchColumnData || !fetchLineageData) return state;
  const single = { ...context, slots: new ConcurrencyLimit(maxAsked, context.signal) };
  const failures: CallFailure[] = [];
  const asked = new AskedTables(single, failures, state.tables);
  const last = context.previous?.whole ?? null;
  const questions = openQuestions(state).unresolvedDetails(last);
  let open = questions.next();
  while (open.done !== true) {
    asked.add(open.value.tables);
    await setImmediate();
    open = questions.next();
  }
  const { tables: openTables, documents: openDocuments } = open.value;
  asked.add(openTables);
  const isOpen = ({ id, sources }: WorkbookState | DataModelState): boolean =>
    sources === null && openDocuments.has(objectId(id));
  const [tables, workbooks, dataModels] = await Promise.all([
    asked.tables(),
    replaceSome(state.workbooks, isOpen, (left) =>
      fetchEach(single, "sources", left, (_, document) => withSources(context, "workbooks", document)),
    ),
    replaceSome(state.dataModels, isOpen, (left) =>
      fetchEach(single, "sources", left, (_, document) => withSources(context, "dataModels", document)),
    ),
  ]);
  return { ...state, tables, workbooks, dataModels, failures: [...state.failures, ...failures] };
}

/** Tables, some with fetched columns. */
class AskedTables {
  readonly #context: FetchContext;
  readonly #failures: CallFailure[];
  readonly #tables: readonly TableState[];
  readonly #asked = new Map<string, Promise<TableState>>();
  #done = 0;

  constructor(context: FetchContext, failures: CallFailure[], tables: readonly TableState[]) {
    this.#context = context;
    this.#failures = failures;
    this.#tables = tables;
  }

  /** Fetches the columns of tables that were not requested yet. */
  add(ids: ReadonlySet<string>): void {
    for (const table of this.#tables) {
      const id = objectId(table.id);
      if (this.#asked.has(id) || !ids.has(id)) continue;
      const known = this.#context.previous?.tableColumns(table.id) ?? null;
      const asked =
        known === null
          ? this.#context.slots.run(() => this.#ask(table))
          : Promise.resolve({ ...table, ...known });
      // Avoids an unhandled rejection; `tables()` reports it.
      asked.catch(() => undefined);
      this.#asked.set(id, asked);
    }
  }

  tables(): Promise<readonly TableState[]> {
    return Promise.all(this.#tables.map((table) => this.#asked.get(objectId(table.id)) ?? table));
  }

  async #ask(table: TableState): Promise<TableState> {
    const asked = await withColumns(this.#context, this.#failures, table);
    this.#context.onProgress({ stage: "table columns", done: ++this.#done, total: this.#asked.size });
    return asked;
  }
}

async function withColumns(
  context: FetchContext,
  failures: CallFailure[],
  table: TableState,
): Promise<TableState> {
  const { client, routes, signal, rowProblems } = context;
  const columns = await orNote(context, failures, "columns", () =>
    routes.ask("connections/tables/columns", () =>
      client.connections.tableColumns(table.id, { signal }).toArray(),
    ),
  );
  return {
    ...table,
    columns: columns?.map(({ name }) => name) ?? null,
    ...rowProblems.take("connections/tables", table.id),
  };
}

async function withSources<Document extends WorkbookState | DataModelState>(
  context: FetchContext,
  collection: "workbooks" | "dataModels",
  document: Document,
): Promise<Document> {
  const fetch = new DocumentFetch(context, collection, document.id);
  const sources = await fetch.note("lineage", () => fetch.sources());
  const { unreadable = [] } = fetch.unreadable();
  return {
    ...document,
    sources,
    failures: [...document.failures, ...fetch.failures],
    ...(unreadable.length === 0
      ? {}
      : { unreadable: UnreadableParts.merge(document.unreadable ?? [], unreadable) }),
  };
}

async function replaceSome<Item extends { readonly id: string }>(
  items: readonly Item[],
  isOpen: (item: Item) => boolean,
  replace: (open: readonly Item[]) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  const replaced = new Map((await replace(items.filter(isOpen))).map((item) => [item.id, item]));
  return items.map((item) => replaced.get(item.id) ?? item);
}
