import { ColumnResolver } from "../column-lineage/column-resolver.ts";
import { DocumentColumns } from "../column-lineage/document-columns.ts";
import { passedColumn } from "../column-lineage/native-columns.ts";
import { resolveOpenColumns } from "../column-lineage/resolve-open-columns.ts";
import { buildTables } from "../lineage/build-tables.ts";
import { SqlTables } from "../lineage/sql-tables.ts";
import { objectId } from "../state/object-id.ts";
import type { OrganizationState, WorkbookState } from "../state/organization-state.ts";

/** What a state leaves open. */
export interface OpenDetails {
  /** Tables to ask for their columns. */
  readonly tables: ReadonlySet<string>;
  /** Documents to ask for their sources. */
  readonly documents: ReadonlySet<string>;
}

/**
 * What is open in a state of which some workbooks are not as they were before, without looking at the others: they ask
 * what they asked. Null where what changed may matter to them, or some question of before may be nobody's any more:
 * then all have to be looked through.
 */
export function openSince(before: OrganizationState, now: OrganizationState): OpenDetails | null {
  const changed = changedWorkbooks(before, now);
  if (changed === null || changed.length > now.workbooks.length / 4 || !isSameAround(before, now))
    return null;
  const asked = before.tables.filter(({ columns }) => columns !== null).map(({ id }) => objectId(id));
  if (changed.length === 0) return { tables: new Set(asked), documents: new Set() };
  if (!changed.every(([was, is]) => passedColumns(was) === passedColumns(is))) return null;
  const sqlTables = new SqlTables(now, buildTables(now, []));
  const resolver = new ColumnResolver(now, sqlTables);
  const old = new Map(changed.map(([was]) => [was.id, was]));
  const workbooks = now.workbooks.map((workbook) => old.get(workbook.id) ?? workbook);
  const earlier = new ColumnResolver({ ...now, workbooks }, sqlTables, resolver.natives);
  for (const [was, is] of changed) {
    resolveOpenColumns(resolver, DocumentColumns.of(is));
    resolveOpenColumns(earlier, DocumentColumns.of(was));
  }
  for (const id of earlier.tablesToAsk) if (!resolver.tablesToAsk.has(id)) return null;
  return { tables: new Set([...asked, ...resolver.tablesToAsk]), documents: resolver.documentsToAsk };
}

/** As they were and as they are; null where there are others than before. */
function changedWorkbooks(
  before: OrganizationState,
  now: OrganizationState,
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

/** Whether everything that workbooks are matched with is as it was. */
function isSameAround(before: OrganizationState, now: OrganizationState): boolean {
  const models = ({ dataModels }: OrganizationState): string =>
    JSON.stringify(dataModels.map(({ id, fetchedAt }) => [id, fetchedAt]));
  const tables = (state: OrganizationState): string =>
    JSON.stringify(state.tables.map(({ id, path, connectionId }) => [id, path, connectionId]));
  const connections = (state: OrganizationState): string => JSON.stringify(state.connections);
  return [models, tables, connections].every((part) => part(before) === part(now));
}

/** The columns that a workbook passes through unchanged, by which real names become known to all. */
function passedColumns({ columns }: WorkbookState): string {
  const passed = (columns ?? []).flatMap(({ columnId }) => {
    const column = passedColumn(columnId);
    return column === null ? [] : [JSON.stringify([column.objectId, column.column])];
  });
  return [...new Set(passed)].sort().join();
}
