import type { DataModel, Element, ModelElement, Source, Workbook } from "../organization/organization.ts";
import { elementsOf, readBy } from "../organization/organization.ts";
import { sourceReference } from "./references.ts";

type Document = Workbook | DataModel;
type OutsideSource = Exclude<Source, Element>;

export type LineageEntry =
  | {
      readonly type: "element";
      readonly elementId: string;
      readonly sourceIds: string[];
      readonly dataSourceIds: string[];
    }
  | { readonly type: "table"; readonly inodeId: string; readonly name: string; readonly connectionId: string }
  | { readonly type: "dataset"; readonly inodeId: string; readonly name: string; readonly connectionId: null }
  | {
      readonly type: "data-model";
      readonly dataModelId: string;
      readonly name: string;
      readonly connectionId: null;
    }
  | {
      readonly type: "customSQL";
      readonly definition: string;
      readonly name: string;
      readonly connectionId: string;
    };

/** Lineage of a whole document: its data elements, then their sources. */
export function lineageEntries(document: Document): LineageEntry[] {
  const elements = elementsOf(document).filter((element) => readBy(element).length > 0);
  const reference = (source: Source): string => sourceReference(document.id, source);
  return [
    ...elements.map((element) => ({
      type: "element" as const,
      elementId: element.id,
      sourceIds: readBy(element).map(reference),
      dataSourceIds: outsideSources([element]).map(reference),
    })),
    ...outsideSources(elements).map(sourceLineageEntry),
  ];
}

/** The distinct sources of elements outside the document, direct or through other elements. */
function outsideSources(elements: readonly Element[]): readonly OutsideSource[] {
  const found = new Map<string, OutsideSource>();
  const visit = (source: Source): void => {
    if (source.kind === "element") readBy(source).forEach(visit);
    else found.set(identity(source), source);
  };
  elements.forEach(visit);
  return [...found.values()];
}

function identity(source: OutsideSource): string {
  return source.kind === "modelElement" ? `${source.model.id}/${source.element.id}` : source.id;
}

function sourceLineageEntry(source: OutsideSource): LineageEntry {
  switch (source.kind) {
    case "table":
      return {
        type: "table",
        inodeId: source.id,
        name: source.path.at(-1) ?? "",
        connectionId: source.connection.id,
      };
    case "dataset":
      return { type: "dataset", inodeId: source.id, name: source.name, connectionId: null };
    case "modelElement":
      return {
        type: "data-model",
        dataModelId: source.model.id,
        name: source.element.name,
        connectionId: null,
      };
    case "sql":
      return {
        type: "customSQL",
        definition: source.definition,
        name: source.id,
        connectionId: source.connection.id,
      };
  }
}

type LineageNodeEntry =
  | { readonly nodeId: string; readonly type: string }
  | { readonly nodeId: string; readonly type: string; readonly name: string }
  | { readonly nodeId: string; readonly type: string; readonly name: string; readonly elementId: string };

export interface ElementLineageAnswer {
  readonly dependencies: { [nodeId: string]: LineageNodeEntry };
  readonly edges: { source: string; target: string; type: "source" | "lookup" | "dependency" }[];
}

/**
 * Lineage of one element with upstream elements of the same document. An element of another document appears only in
 * an edge, never in the dependencies.
 */
export function elementLineageAnswer(document: Document, element: Element): ElementLineageAnswer {
  const answer: ElementLineageAnswer = { dependencies: {}, edges: [] };
  const connect = (source: string, target: string, type: "source" | "lookup" = "source"): void => {
    answer.edges.push({ source, target, type });
  };
  const visit = (current: Element): string => {
    const nodeId = current.sheetId;
    if (answer.dependencies[nodeId] !== undefined) return nodeId;
    answer.dependencies[nodeId] = { nodeId, type: "sheet", name: current.name, elementId: current.id };
    let target = nodeId;
    if (current.sources.length > 1) {
      const type = current.combination;
      target = `${current.id}-${type}`;
      answer.dependencies[target] = { nodeId: target, type };
      connect(target, nodeId);
    }
    for (const source of current.sources) connect(reach(source), target);
    for (const source of current.lookups) connect(reach(source), nodeId, "lookup");
    return nodeId;
  };
  const reach = (source: Source): string => (source.kind === "element" ? visit(source) : add(source));
  const add = (source: OutsideSource): string => {
    const nodeId = sourceReference(document.id, source);
    const node = outsideNode(nodeId, source);
    if (node !== null) answer.dependencies[nodeId] = node;
    return nodeId;
  };
  visit(element);
  return answer;
}

function outsideNode(nodeId: string, source: OutsideSource): LineageNodeEntry | null {
  switch (source.kind) {
    case "table":
      return { nodeId, type: "table", name: source.path.at(-1) ?? "" };
    case "dataset":
      return { nodeId, type: "dataset", name: source.name };
    case "sql":
      return { nodeId, type: "customSQL", name: "Custom SQL" };
    case "modelElement":
      return null;
  }
}

export type WorkbookSourceEntry =
  | { readonly type: "table" | "dataset"; readonly inodeId: string }
  | DataModelSourceReference
  | CustomSqlSourceEntry;

export type DataModelSourceEntry =
  | { readonly type: "table"; readonly tableId: string }
  | { readonly type: "dataset"; readonly datasetId: string }
  | DataModelSourceReference
  | CustomSqlSourceEntry;

interface DataModelSourceReference {
  readonly type: "data-model";
  readonly dataModelId: string;
  readonly elementIds: string[];
}

interface CustomSqlSourceEntry {
  readonly type: "custom-sql";
  readonly connectionId: string;
  readonly definition: string;
  readonly customSqlId: string;
}

/** The sources of a workbook, without its elements. */
export function workbookSourceEntries(workbook: Workbook): WorkbookSourceEntry[] {
  return sourceEntries(workbook, ({ kind, id }) => ({ type: kind, inodeId: id }));
}

/** The sources of a data model, which identifies tables and datasets by other fields. */
export function dataModelSourceEntries(model: DataModel): DataModelSourceEntry[] {
  return sourceEntries(model, ({ kind, id }) =>
    kind === "table" ? { type: kind, tableId: id } : { type: kind, datasetId: id },
  );
}

type SourceEntry<Inode> = Inode | DataModelSourceReference | CustomSqlSourceEntry;

function sourceEntries<Inode>(
  document: Document,
  inodeEntry: (source: Exclude<OutsideSource, ModelElement | { readonly kind: "sql" }>) => Inode,
): SourceEntry<Inode>[] {
  const sources = outsideSources(elementsOf(document));
  const modelElements = sources.filter((source) => source.kind === "modelElement");
  const models = [...new Set(modelElements.map(({ model }) => model))];
  return [
    ...models.map((model) => ({
      type: "data-model" as const,
      dataModelId: model.id,
      elementIds: modelElements.filter((source) => source.model === model).map(({ element }) => element.id),
    })),
    ...sources.flatMap((source): SourceEntry<Inode>[] => {
      if (source.kind === "modelElement") return [];
      if (source.kind !== "sql") return [inodeEntry(source)];
      const { connection, definition, id } = source;
      return [{ type: "custom-sql" as const, connectionId: connection.id, definition, customSqlId: id }];
    }),
  ];
}
