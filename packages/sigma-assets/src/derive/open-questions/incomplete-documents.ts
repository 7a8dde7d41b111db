import { objectId } from "../../state/object-id.ts";
import type { DataModelState, WorkbookState } from "../../state/organization-state.ts";
import { ColumnResolver } from "../columns/column-resolver.ts";
import { DocumentColumns } from "../columns/document-columns.ts";
import { sourcesByDocument } from "../document-kinds.ts";
import { buildTables } from "../lineage/build-tables.ts";
import { knownObjects, SourceResolver } from "../lineage/resolve-sources.ts";
import { SqlTables } from "../lineage/sql-tables.ts";
import type { LineageState } from "./lineage-state.ts";

/** Ids of workbooks and data models with a source or column that the routes for lineage leave open. */
export function incompleteDocuments(state: LineageState): ReadonlySet<string> {
  const references = sourcesByDocument(state);
  const tables = buildTables(state, [...references.values()].flat());
  const sqlTables = new SqlTables(state, tables);
  const resolver = new SourceResolver(knownObjects(state, tables), sqlTables);
  const columns = new ColumnResolver(state, sqlTables);
  const isIncomplete = (document: WorkbookState | DataModelState): boolean => {
    const read = references.get(document) ?? [];
    if (read.some((reference) => reference.type !== "other" && !resolver.isFound(reference))) return true;
    const content = DocumentColumns.of(document);
    if (read.length === 0 && content.elements.some((element) => element.columns.length > 0)) return true;
    return content.elements.some((element) =>
      element.columns.some((column) => columns.resolve(content, element, column).unresolved.length > 0),
    );
  };
  const documents = [...state.workbooks, ...state.dataModels];
  return new Set(documents.filter(isIncomplete).map(({ id }) => objectId(id)));
}
