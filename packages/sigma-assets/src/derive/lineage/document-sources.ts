import type { LineageRow, SourceRow } from "@dagster-sigma/sigma-client";
import { objectId } from "../../state/object-id.ts";
import type { DataModelState, DatasetState, WorkbookState } from "../../state/organization-state.ts";
import { LineageRows, referencedObject } from "./lineage-rows.ts";
import { unknownSourceId } from "./unknown-source-id.ts";

/** A source of a document, as Sigma's responses identify it. */
export type SourceReference =
  | {
      readonly type: "table" | "dataset" | "dataModel";
      readonly id: string;
      readonly name: string | null;
      readonly connectionId: string | null;
    }
  /** Custom SQL in the document, or SQL that Sigma generated for an element. */
  | {
      readonly type: "customSql" | "compiledSql";
      readonly id: string;
      readonly definition: string | null;
      readonly connectionId: string | null;
    }
  /** A source without an asset: an upload, a semantic view or an unknown kind. */
  | { readonly type: "other"; readonly id: string; readonly kind: string; readonly name: string | null }
  /** A source id of an element without a row in the response. */
  | { readonly type: "unresolved"; readonly id: string };

/** The distinct sources of a workbook, in the order of the responses. */
export function workbookSources(workbook: WorkbookState): readonly SourceReference[] {
  if (workbook.lineage !== null) return fromLineageRows(workbook.lineage);
  if (workbook.sources !== null) return distinct(workbook.sources.map(fromSourceRow));
  return distinct((workbook.elementLineage ?? []).flatMap(({ lineage }) => fromElementLineage(lineage)));
}

/** The sources of a data model. */
export function dataModelSources(model: DataModelState): readonly SourceReference[] {
  if (model.lineage !== null) return fromLineageRows(model.lineage);
  return distinct((model.sources ?? []).map(fromSourceRow));
}

/** The sources of a dataset or, if Sigma does not return them, those in the SQL of its readers. */
export function datasetSources({ sources, queries }: DatasetState): readonly SourceReference[] {
  if (sources !== null) return distinct(sources.map(fromSourceRow));
  return (queries ?? []).map(({ workbookId, elementId, sql }) => ({
    type: "compiledSql",
    id: `${workbookId}/${elementId}`,
    definition: sql,
    connectionId: null,
  }));
}

/** An element whose only source outside its workbook is a dataset, so that its SQL contains the dataset's tables. */
export interface DatasetReader {
  readonly workbookId: string;
  readonly elementId: string;
  readonly datasetId: string;
}

export function elementsReadingOneDataset({
  id: workbookId,
  lineage,
  elementLineage,
}: WorkbookState): readonly DatasetReader[] {
  const readers = (elementId: string, sources: readonly SourceReference[]): readonly DatasetReader[] => {
    const [only] = sources;
    const isOne = sources.length === 1 && only?.type === "dataset";
    return isOne ? [{ workbookId, elementId, datasetId: only.id }] : [];
  };
  if (lineage === null)
    return (elementLineage ?? []).flatMap((element) =>
      readers(element.elementId, distinct(fromElementLineage(element.lineage))),
    );
  const rows = LineageRows.of(lineage);
  return [...rows.references.keys()].flatMap((elementId) =>
    readers(elementId, rows.rootsOf(elementId).map(fromRoot)),
  );
}

/** The source that a lineage reference means. */
export function fromRoot(root: ReturnType<LineageRows["rootsOf"]>[number]): SourceReference {
  return root.kind === "source" ? fromLineageRow(root.row) : { type: "unresolved", id: root.reference };
}

/**
 * The sources that the elements of a whole-document lineage refer to. If there is no element row, or a reference
 * cannot be resolved, all source rows are returned: the response lists the sources of the document, even if their
 * references are spelled differently.
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
  const isComplete =
    lineage.references.size > 0 &&
    unknown.size === 0 &&
    [...lineage.references.values()].every((references) => references !== null);
  // How elements refer to sources of an unknown type is unknown, too.
  const counted = isComplete
    ? lineage.sourceRows.filter((row) => reached.has(row) || unknownSourceId(row) !== null)
    : lineage.sourceRows;
  return distinct([
    ...counted.map(fromLineageRow),
    ...[...unknown].map((id): SourceReference => ({ type: "unresolved", id })),
  ]);
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
      // The name is that of the element, not of the model.
      return { type: "dataModel", id: objectId(row.dataModelId), name: null, connectionId: null };
    case "customsql":
      return { type: "customSql", id: name ?? "", definition: row.definition ?? null, connectionId };
    default:
      return {
        type: "other",
        id: row.csvId ?? row.semanticViewId ?? row.sqlDocumentId ?? name ?? unknownSourceId(row) ?? "",
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

/** Kinds of nodes that are steps within the document. */
const passThroughNodes: ReadonlySet<string> = new Set(["sheet", "join", "union"]);

/**
 * The sources of one element from its own lineage response. A data model often appears only in an edge, so nodes and
 * edges are used.
 */
export function fromElementLineage({ dependencies, edges }: ElementLineage): readonly SourceReference[] {
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
    .filter(({ source }) => !Object.hasOwn(nodes, source))
    .map(
      ({ source }): SourceReference =>
        source.includes("/") ? dataModelReference(source) : { type: "unresolved", id: source },
    );
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
