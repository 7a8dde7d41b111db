import { objectId } from "../../state/object-id.ts";
import type { ColumnResolver } from "../columns/column-resolver.ts";
import type { DocumentColumns, DocumentElement, ElementColumn } from "../columns/document-columns.ts";
import { formulaReferences } from "../columns/formula-references.ts";
import { passedColumn } from "../columns/native-columns.ts";
import { dataModelIdOf, type Referenced } from "../lineage/lineage-rows.ts";

/**
 * Resolves the minimum of a document's columns that determines its contribution to `tablesToAsk` and `documentsToAsk`
 * of a resolver: columns that read a table with unknown columns, SQL with `*`, or one of several elements with the
 * same name. Columns that read only other elements contribute nothing more.
 */
export function resolveUnresolvedColumns(resolver: ColumnResolver, document: DocumentColumns): void {
  const namesakes = modelsWithNamesakes(resolver, document);
  for (const element of document.elements) {
    const outside = (element.sources ?? []).filter((source) => source.kind === "source");
    if (outside.some(({ row }) => mayAskTables(resolver, document, element, row))) {
      for (const column of element.columns) resolver.resolve(document, element, column);
    } else if (outside.some(({ row }) => namesakes.has(dataModelIdOf(row) ?? ""))) {
      // The first column that reads a source is sufficient.
      const column = element.columns.find((each) => readsOutside(element, each).length > 0);
      if (column !== undefined) resolver.resolve(document, element, column);
    }
  }
}

type SourceRow = Extract<Referenced, { readonly kind: "source" }>["row"];

function mayAskTables(
  resolver: ColumnResolver,
  document: DocumentColumns,
  element: DocumentElement,
  { type, name, inodeId }: SourceRow,
): boolean {
  switch (type.toLowerCase()) {
    case "table":
    case "inode":
      return inodeId != null && mayLack(resolver, objectId(inodeId), element);
    case "customsql":
      return (document.sqlColumns(name ?? "")?.passesThrough ?? []).length > 0;
    default:
      return false;
  }
}

/** Whether an element reads columns that a table is not known to have, unless they will be fetched anyway. */
function mayLack(
  { tablesToAsk, natives }: ColumnResolver,
  tableId: string,
  element: DocumentElement,
): boolean {
  if (tablesToAsk.has(tableId)) return false;
  return element.columns.some((column) =>
    readsOutside(element, column).some((names) => natives.find(tableId, names.at(-1) ?? "") === null),
  );
}

/** The references of a column, except those to its own element and the one in its id. */
function readsOutside({ columns }: DocumentElement, column: ElementColumn): readonly (readonly string[])[] {
  if (passedColumn(column.columnId) !== null) return [];
  return formulaReferences(column.formula ?? "").filter((names) => {
    const sibling = names.length === 1 ? columns.find(({ name }) => name === names[0]) : undefined;
    return sibling === undefined || sibling === column;
  });
}

/** Ids of data models with several elements of the same name, of which the document reads an unknown one. */
function modelsWithNamesakes({ documents }: ColumnResolver, { state }: DocumentColumns): ReadonlySet<string> {
  const ids = new Set<string>();
  if (state.sources !== null) return ids;
  for (const row of state.lineage ?? []) {
    const model = documents.get(dataModelIdOf(row) ?? "");
    if (model !== undefined && model.elementsNamed(row.name ?? "").length > 1) ids.add(model.id);
  }
  return ids;
}
