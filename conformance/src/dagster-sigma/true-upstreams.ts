import { cleanName } from "@dagster-sigma/asset-graph";
import { type Organization, trueEdges } from "@dagster-sigma/sigma-sandbox";

/** The expected upstream objects. */
export interface TrueUpstreams {
  /** Ids of documents, and names of tables as in `dagster/table_name`. */
  of(id: string): ReadonlySet<string>;
  /** Keys, as text, of the tables that an object reads. */
  tableKeysOf(id: string): ReadonlySet<string>;
}

export function trueUpstreams(organization: Organization): TrueUpstreams {
  const tables = new Map(organization.tables.map((table) => [table.id, table.path]));
  const names = new Map<string, Set<string>>();
  const keys = new Map<string, Set<string>>();
  for (const { from, to } of trueEdges(organization)) {
    const path = tables.get(from.id);
    add(names, to.id, path === undefined ? from.id : path.join(".").toLowerCase());
    if (path !== undefined) add(keys, to.id, path.map((part) => cleanName(part.toLowerCase())).join("/"));
  }
  const none: ReadonlySet<string> = new Set();
  return { of: (id) => names.get(id) ?? none, tableKeysOf: (id) => keys.get(id) ?? none };
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}
