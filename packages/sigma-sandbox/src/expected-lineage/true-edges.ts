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

/** An object that others read, or that reads others. */
export interface TrueObject {
  readonly type: "workbook" | "dataModel" | "dataset" | "table";
  readonly id: string;
}

/** `to` reads `from`. */
export interface TrueEdge {
  readonly from: TrueObject;
  readonly to: TrueObject;
}

/** A column of a table (as the warehouse names it), of a dataset, or of an element of a document. */
export interface TrueColumn extends TrueObject {
  /** Null for tables and datasets. */
  readonly elementId: string | null;
  readonly column: string;
}

/** `to` is computed from `from`. */
export interface TrueColumnEdge {
  readonly from: TrueColumn;
  readonly to: TrueColumn;
}

/**
 * Each edge between objects that a client with full access can know, once. What an archived dataset reads is not told
 * any more: it counts where the SQL of a workbook shows it.
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
      if (known.has(from.id)) continue;
      known.add(from.id);
      yield { from, to };
    }
  }
}

/**
 * Each edge between columns. Within a document they lead from element to element; SQL that somebody wrote is passed
 * through to the tables. Columns of datasets have none: no route tells what they are computed from.
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

/** Datasets that some element of a listed workbook reads alone, so that its SQL is theirs. */
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
