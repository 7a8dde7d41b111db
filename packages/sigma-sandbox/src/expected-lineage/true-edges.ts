import {
  type ColumnOrigin,
  type DataModel,
  type Dataset,
  type Element,
  elementsOf,
  type Organization,
  readBy,
  type Source,
  type Workbook,
} from "../organization/organization.ts";

/** An object of the expected lineage. */
export interface TrueObject {
  /** Kind of the object. */
  readonly type: "workbook" | "dataModel" | "dataset" | "table";
  /** Id of the object. */
  readonly id: string;
}

/** An expected edge: `to` reads `from`. */
export interface TrueEdge {
  /** The upstream object. */
  readonly from: TrueObject;
  /** The downstream object. */
  readonly to: TrueObject;
}

/** A column of a table (real name), of a dataset, or of an element of a document. */
export interface TrueColumn extends TrueObject {
  /** Null for tables and datasets. */
  readonly elementId: string | null;
  /** Name of the column. */
  readonly column: string;
}

/** An expected column edge: `to` is computed from `from`. */
export interface TrueColumnEdge {
  /** The upstream column. */
  readonly from: TrueColumn;
  /** The downstream column. */
  readonly to: TrueColumn;
}

/**
 * The distinct edges between objects that a client with full access can find. Sigma does not return the sources of
 * archived datasets, so these edges are included only if the SQL of a workbook shows them.
 */
export function* trueEdges(organization: Organization): Generator<TrueEdge> {
  const shown = datasetsShownBySql(organization);
  for (const dataset of organization.datasets) {
    if (dataset.isArchived && !shown.has(dataset)) continue;
    const to: TrueObject = { type: "dataset", id: dataset.id };
    for (const source of dataset.sources) yield { from: { type: source.kind, id: source.id }, to };
  }
  for (const document of documents(organization)) {
    const to: TrueObject = { type: document.kind, id: document.id };
    const known = new Set<string>();
    for (const from of elementsOf(document).flatMap(objectsReadBy)) {
      // A document that reads itself has no edge.
      if (known.has(from.id) || from.id === document.id) continue;
      known.add(from.id);
      yield { from, to };
    }
  }
}

/**
 * The edges between columns. Within a document they connect elements; custom SQL is resolved to table columns. Dataset
 * columns have no upstream edges, because no route returns their sources.
 */
export function* trueColumnEdges(organization: Organization): Generator<TrueColumnEdge> {
  for (const document of documents(organization)) {
    for (const element of elementsOf(document)) {
      for (const { name, from } of element.columns) {
        const to: TrueColumn = {
          type: document.kind,
          id: document.id,
          elementId: element.id,
          column: name,
        };
        for (const origin of from.flatMap((each) => columnsBehind(document, each)))
          yield { from: origin, to };
      }
    }
  }
}

function documents(organization: Organization): readonly (DataModel | Workbook)[] {
  return [...organization.dataModels, ...organization.workbooks];
}

function objectsReadBy(element: Element): readonly TrueObject[] {
  return readBy(element).flatMap(objectsBehind);
}

function objectsBehind(source: Source): readonly TrueObject[] {
  switch (source.kind) {
    case "table":
    case "dataset":
      return [{ type: source.kind, id: source.id }];
    case "sql":
      return source.tables.map(({ id }) => ({ type: "table", id }));
    case "modelElement":
      return [{ type: "dataModel", id: source.model.id }];
    case "element":
      return [];
  }
}

function columnsBehind(
  document: DataModel | Workbook,
  { source, column }: ColumnOrigin,
): readonly TrueColumn[] {
  switch (source.kind) {
    case "table":
    case "dataset":
      return [{ type: source.kind, id: source.id, elementId: null, column }];
    case "modelElement":
      return [{ type: "dataModel", id: source.model.id, elementId: source.element.id, column }];
    case "element":
      return [{ type: document.kind, id: document.id, elementId: source.id, column }];
    case "sql": {
      const output = source.columns.find(({ name }) => name === column);
      return (output?.from ?? []).flatMap((origin) => columnsBehind(document, origin));
    }
  }
}

/** Datasets whose tables appear in the SQL of a listed workbook: each is the only source of an element. */
function datasetsShownBySql({ workbooks }: Organization): ReadonlySet<Dataset> {
  const shown = new Set<Dataset>();
  for (const workbook of workbooks) {
    if (workbook.isArchived) continue;
    for (const element of elementsOf(workbook)) {
      const [only, ...others] = sourcesOutside(element);
      if (only?.kind === "dataset" && others.length === 0) shown.add(only);
    }
  }
  return shown;
}

function sourcesOutside(element: Element): readonly Exclude<Source, Element>[] {
  const found = new Set<Exclude<Source, Element>>();
  const visit = (source: Source): void => {
    if (source.kind === "element") readBy(source).forEach(visit);
    else found.add(source);
  };
  visit(element);
  return [...found];
}
