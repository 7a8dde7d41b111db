import type { LineageRow, SourceRow } from "@dagster-sigma/sigma-client";
import { objectId } from "../state/object-id.ts";
import type { DataModelState, DatasetState, WorkbookState } from "../state/organization-state.ts";

/** Something that a document reads, as the answers about the document name it. */
export type SourceReference =
  | {
      readonly type: "table" | "dataset" | "dataModel";
      readonly id: string;
      readonly name: string | null;
      readonly connectionId: string | null;
    }
  /** SQL written into the document. */
  | {
      readonly type: "customSql";
      readonly id: string;
      readonly definition: string | null;
      readonly connectionId: string | null;
    }
  /** Of a kind that has no asset: an upload, a semantic view, or one that this version does not know. */
  | { readonly type: "other"; readonly id: string; readonly kind: string; readonly name: string | null }
  /** An element names a source that no row of the answer describes. */
  | { readonly type: "unresolved"; readonly id: string };

/** Everything a workbook reads, each source once, in the order of the answers. */
export function workbookSources(workbook: WorkbookState): readonly SourceReference[] {
  if (workbook.lineage !== null) return fromLineageRows(workbook.lineage);
  if (workbook.sources !== null) return distinct(workbook.sources.map(fromSourceRow));
  return distinct((workbook.elementLineage ?? []).flatMap(({ lineage }) => fromElementLineage(lineage)));
}

/** Everything a data model reads. */
export function dataModelSources(model: DataModelState): readonly SourceReference[] {
  if (model.lineage !== null) return fromLineageRows(model.lineage);
  return distinct((model.sources ?? []).map(fromSourceRow));
}

/** Everything a dataset reads. */
export function datasetSources(dataset: DatasetState): readonly SourceReference[] {
  return distinct((dataset.sources ?? []).map(fromSourceRow));
}

/**
 * Sources of a whole-document lineage. They are reached from the elements by the ids that stand in the rows of the same
 * answer, matched to the letter first. Where no element is listed, or one leads nowhere, every source row counts: the
 * answer lists what the document reads, whichever way it spells the references.
 */
function fromLineageRows(rows: readonly LineageRow[]): readonly SourceReference[] {
  const sourceRows = rows.filter((row) => row.type !== "element");
  const elements = rows.filter((row) => row.type === "element");
  const rowByReference = indexByReference(sourceRows);
  const elementIds = new Set(elements.map((row) => row.elementId));
  const reached = new Set<LineageRow>();
  const unresolved = new Set<string>();
  for (const element of elements) {
    for (const reference of element.sourceIds ?? element.dataSourceIds ?? []) {
      if (elementIds.has(reference)) continue;
      const row = rowByReference.get(reference) ?? rowByReference.get(referencedObject(reference));
      if (row === undefined) unresolved.add(reference);
      else reached.add(row);
    }
  }
  const isComplete =
    elements.length > 0 &&
    unresolved.size === 0 &&
    elements.every((row) => (row.sourceIds ?? row.dataSourceIds) != null);
  const counted = isComplete ? sourceRows.filter((row) => reached.has(row)) : sourceRows;
  return distinct([
    ...counted.map(fromLineageRow),
    ...[...unresolved].map((id): SourceReference => ({ type: "unresolved", id })),
  ]);
}

/** Each source row under every id by which an element may call it. */
function indexByReference(sourceRows: readonly LineageRow[]): ReadonlyMap<string, LineageRow> {
  const index = new Map<string, LineageRow>();
  for (const row of sourceRows) {
    const objectIds = [row.inodeId, row.dataModelId].filter((id) => id != null).map(objectId);
    // SQL is called by its name, and some names could be read as the id of another object.
    const names = row.type.toLowerCase() === "customsql" ? [row.name] : [];
    for (const id of [
      ...names,
      ...objectIds,
      row.datasourceId,
      row.csvId,
      row.semanticViewId,
      row.sqlDocumentId,
    ]) {
      if (id != null && !index.has(id)) index.set(id, row);
    }
  }
  return index;
}

/** The object behind `inode-<urlId>`, or behind the first part of `<urlId of a data model>/<suffix>`. */
function referencedObject(reference: string): string {
  return objectId(reference.split("/", 1)[0] ?? reference);
}

function fromLineageRow(row: LineageRow): SourceReference {
  const name = row.name ?? row.inodeName ?? null;
  const connectionId = row.connectionId ?? null;
  switch (row.type.toLowerCase()) {
    case "table":
    case "dataset":
      if (row.inodeId == null) return { type: "unresolved", id: row.datasourceId ?? name ?? row.type };
      return {
        type: row.type.toLowerCase() as "table" | "dataset",
        id: objectId(row.inodeId),
        name,
        connectionId,
      };
    case "data-model":
      if (row.dataModelId == null) return { type: "unresolved", id: row.datasourceId ?? name ?? row.type };
      // The name is that of the element which is read, not of the model.
      return { type: "dataModel", id: objectId(row.dataModelId), name: null, connectionId: null };
    case "customsql":
      return { type: "customSql", id: name ?? "", definition: row.definition ?? null, connectionId };
    default:
      return {
        type: "other",
        id: row.csvId ?? row.semanticViewId ?? row.sqlDocumentId ?? name ?? "",
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

type ElementLineage = NonNullable<WorkbookState["elementLineage"]>[number]["lineage"];

/** Kinds of nodes that stand for a step within the document. */
const passThroughNodes: ReadonlySet<string> = new Set(["sheet", "join", "union"]);

/** A data model often appears as the end of an edge only, so edges count besides the nodes. */
function fromElementLineage({ dependencies, edges }: ElementLineage): readonly SourceReference[] {
  const nodes = dependencies ?? {};
  const fromNodes = Object.entries(nodes).flatMap(([key, node]): readonly SourceReference[] => {
    const type = node.type ?? "";
    const id = node.nodeId ?? key;
    const name = node.name ?? null;
    if (passThroughNodes.has(type)) return [];
    if (type === "table" || type === "dataset") return [{ type, id: objectId(id), name, connectionId: null }];
    if (type === "data-model") return [dataModelReference(id)];
    if (type.toLowerCase() === "customsql")
      return [{ type: "customSql", id, definition: null, connectionId: null }];
    return [{ type: "other", id, kind: type, name }];
  });
  const fromEdges = (edges ?? [])
    .filter(({ source }) => nodes[source] === undefined && source.includes("/"))
    .map(({ source }) => dataModelReference(source));
  return [...fromNodes, ...fromEdges];
}

function dataModelReference(reference: string): SourceReference {
  return { type: "dataModel", id: referencedObject(reference), name: null, connectionId: null };
}

function distinct(references: readonly SourceReference[]): readonly SourceReference[] {
  const byIdentity = new Map<string, SourceReference>();
  for (const reference of references) {
    const identity = `${reference.type} ${reference.id}`;
    if (!byIdentity.has(identity)) byIdentity.set(identity, reference);
  }
  return [...byIdentity.values()];
}
