import type { LineageRow, SourceRow } from "@dagster-sigma/sigma-client";
import { objectId } from "../../state/object-id.ts";
import type {
  DataModelState,
  DatasetState,
  ElementLineageState,
  ShownQuery,
  WorkbookState,
} from "../../state/organization-state.ts";
import { readElementLineage } from "./element-lineage.ts";
import { dataModelIdOf, LineageRows, type Root } from "./lineage-rows.ts";
import type { LineagePart } from "./sigma-upstream.ts";
import { distinctReferences, type SourceReference, semanticViewReference } from "./source-reference.ts";
import { unknownSourceId } from "./unknown-source-id.ts";

/** The distinct sources of a workbook, in the order of the responses. */
export function workbookSources(workbook: WorkbookState): readonly SourceReference[] {
  switch (lineagePartOf(workbook)) {
    case "lineage":
      return fromLineageRows(workbook.lineage ?? []);
    case "sources":
      return distinctReferences((workbook.sources ?? []).map(fromSourceRow));
    case "elementLineage":
      return fromElements(workbook.elementLineage ?? [], workbook.queries ?? []);
    case "queries":
      return (workbook.queries ?? []).map(fromQuery);
  }
}

/** The sources of a data model. */
export function dataModelSources(model: DataModelState): readonly SourceReference[] {
  return lineagePartOf(model) === "lineage"
    ? fromLineageRows(model.lineage ?? [])
    : distinctReferences((model.sources ?? []).map(fromSourceRow));
}

/** The part of a document's state that its sources are taken from: the most reliable one that contains any. */
export function lineagePartOf(
  document: WorkbookState | DataModelState | DatasetState,
): Exclude<LineagePart, "spec"> {
  if (!("lineage" in document)) return document.sources === null ? "queries" : "sources";
  const { lineage, sources } = document;
  if ((lineage ?? []).length > 0) return "lineage";
  if ((sources ?? []).length > 0) return "sources";
  if (!("elementLineage" in document)) return "lineage";
  const isTold = document.elementLineage?.some((element) => readElementLineage(element).length > 0);
  if (isTold === true) return "elementLineage";
  return document.queries === undefined ? "lineage" : "queries";
}

/** The sources of a dataset or, if Sigma does not return them, those in the SQL of its readers. */
export function datasetSources({ sources, queries }: DatasetState): readonly SourceReference[] {
  if (sources !== null) return distinctReferences(sources.map(fromSourceRow));
  return (queries ?? []).map(fromQuery);
}

/** The sources of single elements. Generated SQL of an element replaces custom SQL without text. */
function fromElements(
  elements: readonly ElementLineageState[],
  queries: readonly ShownQuery[],
): readonly SourceReference[] {
  const queryOf = new Map(queries.map((query) => [query.elementId, query]));
  const sources = elements.map((element) => ({
    query: queryOf.get(element.elementId),
    references: readElementLineage(element),
  }));
  const replaced = new Set(
    sources.flatMap(({ query, references }) =>
      query === undefined ? [] : references.flatMap(({ type, id }) => (type === "customSql" ? [id] : [])),
    ),
  );
  return distinctReferences(
    sources.flatMap(({ query, references }) => [
      ...references.filter(({ type, id }) => type !== "customSql" || !replaced.has(id)),
      ...(query === undefined ? [] : [fromQuery(query)]),
    ]),
  );
}

function fromQuery({ workbookId, elementId, sql }: ShownQuery): SourceReference {
  return { type: "compiledSql", id: `${workbookId}/${elementId}`, definition: sql, connectionId: null };
}

/** The source that a lineage reference means. */
export function fromRoot(root: Root): SourceReference {
  return root.kind === "source" ? fromLineageRow(root.row) : { type: "unresolved", id: root.reference };
}

/**
 * The sources that the elements of a whole-document lineage refer to. If there is no element row, or no row describes
 * a reference, all source rows are returned: the response lists the sources of the document, even if their references
 * are spelled differently.
 */
function fromLineageRows(rows: readonly LineageRow[]): readonly SourceReference[] {
  const known = sourcesByAnswer.get(rows) ?? readSources(LineageRows.of(rows));
  sourcesByAnswer.set(rows, known);
  return known;
}

const sourcesByAnswer = new WeakMap<readonly LineageRow[], readonly SourceReference[]>();

function readSources(lineage: LineageRows): readonly SourceReference[] {
  const reached = new Set<LineageRow>();
  const unknown = new Set<string>();
  for (const reference of [...lineage.references.values()].flatMap((references) => references ?? [])) {
    const found = lineage.find(reference);
    if (found.kind === "source") reached.add(found.row);
    if (found.kind === "unknown") unknown.add(reference);
  }
  const described = new Set(lineage.sourceRows);
  const undescribed = [...reached].filter((row) => !described.has(row));
  const isComplete =
    lineage.references.size > 0 &&
    unknown.size === 0 &&
    undescribed.length === 0 &&
    [...lineage.references.values()].every((references) => references !== null);
  // How elements refer to sources of an unknown type is unknown, too.
  const counted = isComplete
    ? lineage.sourceRows.filter((row) => reached.has(row) || unknownSourceId(row) !== null)
    : lineage.sourceRows;
  return distinctReferences([
    ...counted.map(fromLineageRow),
    ...undescribed.map(fromLineageRow),
    ...[...unknown].map((id): SourceReference => ({ type: "unresolved", id })),
  ]);
}

function fromLineageRow(row: LineageRow): SourceReference {
  const name = row.name ?? row.inodeName ?? null;
  const connectionId = row.connectionId ?? null;
  const unresolved = { type: "unresolved", id: row.datasourceId ?? name ?? row.type } as const;
  if (row.semanticViewTable != null) return semanticViewReference(row.semanticViewTable, connectionId);
  switch (row.type.toLowerCase()) {
    case "table":
    case "dataset":
      if (row.inodeId == null) return unresolved;
      return {
        type: row.type.toLowerCase() as "table" | "dataset",
        id: objectId(row.inodeId),
        name,
        connectionId,
      };
    case "inode":
      return row.inodeId == null ? unresolved : { type: "inode", id: objectId(row.inodeId) };
    case "data-model": {
      const id = dataModelIdOf(row);
      // The name is that of the element, not of the model.
      return id === null ? unresolved : { type: "dataModel", id, name: null, connectionId: null };
    }
    case "customsql":
      return { type: "customSql", id: name ?? "", definition: row.definition ?? null, connectionId };
    default:
      return {
        type: "other",
        id:
          row.csvId ??
          row.semanticViewId ??
          row.sqlDocumentId ??
          row.worksheetId ??
          name ??
          unknownSourceId(row) ??
          "",
        kind: row.type,
        name,
      };
  }
}

function fromSourceRow(row: SourceRow): SourceReference {
  const inode = row.inodeId ?? row.tableId ?? row.datasetId ?? null;
  switch (row.type) {
    case "table":
    case "dataset":
      if (inode === null) return { type: "unresolved", id: row.type };
      return { type: row.type, id: objectId(inode), name: null, connectionId: row.connectionId ?? null };
    case "data-model":
      if (row.dataModelId == null) return { type: "unresolved", id: row.type };
      return { type: "dataModel", id: objectId(row.dataModelId), name: null, connectionId: null };
    case "custom-sql":
      return {
        type: "customSql",
        id: row.customSqlId ?? "",
        definition: row.definition ?? null,
        connectionId: row.connectionId ?? null,
      };
    default:
      return { type: "other", id: inode ?? "", kind: row.type, name: null };
  }
}
