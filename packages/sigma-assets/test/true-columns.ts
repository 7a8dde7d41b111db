import { type Organization, trueColumnEdges } from "@dagster-sigma/sigma-sandbox";
import { ColumnResolver } from "../src/derive/columns/column-resolver.ts";
import { buildTables } from "../src/derive/lineage/build-tables.ts";
import { SqlTables } from "../src/derive/lineage/sql-tables.ts";
import type { OrganizationState } from "../src/state/organization-state.ts";

export interface JudgedColumns {
  readonly found: ReadonlySet<string>;
  readonly actual: ReadonlySet<string>;
  readonly unresolved: ReadonlyMap<string, number>;
}

/** Column edges of loaded documents as text; tables are named by connection and path. */
export function judgeColumns(organization: Organization, state: OrganizationState): JudgedColumns {
  const sqlTables = new SqlTables(state, buildTables(state, []));
  const resolver = new ColumnResolver(state, sqlTables);
  const found = new Set<string>();
  const unresolved = new Map<string, number>();
  const tablePaths = new Map<string, string>();
  const text = (type: string, id: string, elementId: string | null, column: string): string =>
    // Sigma matches names case-insensitively, and does not list the columns of datasets with their spelling.
    JSON.stringify([type, id, elementId, type === "dataset" ? column.toLowerCase() : column]);
  const edges: { readonly from: readonly [string, string, string | null, string]; readonly to: string }[] =
    [];
  for (const document of resolver.documents.values()) {
    for (const element of document.elements) {
      for (const column of element.columns) {
        const { from, unresolved: reasons } = resolver.resolve(document, element, column);
        for (const reason of reasons) unresolved.set(reason, (unresolved.get(reason) ?? 0) + 1);
        const to = text("element", document.id, element.id, column.name);
        for (const { type, objectId, elementId, column: name } of from)
          edges.push({ from: [type, objectId, elementId, name], to });
      }
    }
  }
  for (const { id, path } of sqlTables.tables()) tablePaths.set(id, path.join(".").toLowerCase());
  for (const { from, to } of edges) {
    const [type, id, elementId, column] = from;
    found.add(`${to} from ${text(type, tablePaths.get(id) ?? id, elementId, column)}`);
  }
  const truePaths = new Map(organization.tables.map(({ id, path }) => [id, path.join(".").toLowerCase()]));
  const actual = new Set<string>();
  for (const { from, to } of trueColumnEdges(organization)) {
    if (resolver.documents.get(to.id) === undefined) continue;
    const type = from.elementId === null ? from.type : "element";
    actual.add(
      `${text("element", to.id, to.elementId, to.column)} from ${text(type, truePaths.get(from.id) ?? from.id, from.elementId, from.column)}`,
    );
  }
  return { found, actual, unresolved };
}
