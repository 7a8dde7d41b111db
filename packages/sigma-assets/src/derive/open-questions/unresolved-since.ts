import { objectId } from "../../state/object-id.ts";
import type { WorkbookState } from "../../state/organization-state.ts";
import { ColumnResolver } from "../columns/column-resolver.ts";
import { DocumentColumns } from "../columns/document-columns.ts";
import { passedColumn } from "../columns/native-columns.ts";
import type { SqlTables } from "../lineage/sql-tables.ts";
import type { LineageState } from "./lineage-state.ts";
import { resolveUnresolvedColumns } from "./resolve-unresolved-columns.ts";
import type { UnresolvedDetails } from "./unresolved-details.ts";

/**
 * The details that a state still lacks, checking only changed workbooks; the details of the others are kept. Null if
 * the changes might affect unchanged documents; then all documents are checked.
 */
export function unresolvedSince(
  before: LineageState,
  now: LineageState,
  tablesOfSql: () => SqlTables,
): UnresolvedDetails | null {
  const changed = changedWorkbooks(before, now);
  if (changed === null || changed.length > now.workbooks.length / 4 || !isSameAround(before, now))
    return null;
  const asked = before.tables.filter(({ columns }) => columns !== null).map(({ id }) => objectId(id));
  if (changed.length === 0) return { tables: new Set(asked), documents: new Set() };
  if (!changed.every(([was, is]) => passedColumns(was) === passedColumns(is))) return null;
  const sqlTables = tablesOfSql();
  const resolver = new ColumnResolver(now, sqlTables);
  const old = new Map(changed.map(([was]) => [was.id, was]));
  const workbooks = now.workbooks.map((workbook) => old.get(workbook.id) ?? workbook);
  const earlier = new ColumnResolver({ ...now, workbooks }, sqlTables, resolver.natives);
  for (const [was, is] of changed) {
    resolveUnresolvedColumns(resolver, DocumentColumns.of(is));
    resolveUnresolvedColumns(earlier, DocumentColumns.of(was));
  }
  for (const id of earlier.tablesToAsk) if (!resolver.tablesToAsk.has(id)) return null;
  return { tables: new Set([...asked, ...resolver.tablesToAsk]), documents: resolver.documentsToAsk };
}

/** Changed workbooks before and after; null if workbooks were added or removed. */
function changedWorkbooks(
  before: LineageState,
  now: LineageState,
): readonly (readonly [was: WorkbookState, is: WorkbookState])[] | null {
  if (before.workbooks.length !== now.workbooks.length) return null;
  const known = new Map(before.workbooks.map((workbook) => [workbook.id, workbook]));
  const changed: [WorkbookState, WorkbookState][] = [];
  for (const is of now.workbooks) {
    const was = known.get(is.id);
    if (was === undefined) return null;
    if (was.fetchedAt !== is.fetchedAt) changed.push([was, is]);
  }
  return changed;
}

/** Whether everything that workbooks are matched with is unchanged. */
function isSameAround(before: LineageState, now: LineageState): boolean {
  const models = ({ dataModels }: LineageState): string =>
    JSON.stringify(dataModels.map(({ id, fetchedAt }) => [id, fetchedAt]));
  const tables = (state: LineageState): string =>
    JSON.stringify(state.tables.map(({ id, path, connectionId }) => [id, path, connectionId]));
  const connections = (state: LineageState): string => JSON.stringify(state.connections);
  return [models, tables, connections].every((part) => part(before) === part(now));
}

/** The columns that a workbook passes through, which provide real names for all documents. */
function passedColumns({ columns }: WorkbookState): string {
  const passed = (columns ?? []).flatMap(({ columnId }) => {
    const column = passedColumn(columnId);
    return column === null ? [] : [JSON.stringify([column.objectId, column.column])];
  });
  return [...new Set(passed)].sort().join();
}
