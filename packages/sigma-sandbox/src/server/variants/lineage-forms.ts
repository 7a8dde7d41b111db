import { urlIdOf } from "../../organization/base62.ts";
import {
  elementsOf,
  type Organization,
  readBy,
  type Source,
  type Workbook,
} from "../../organization/organization.ts";
import { elementLineageAnswer } from "../../wire/lineage.ts";
import {
  type AnswerChange,
  type AnswerRow,
  documentLineage,
  elementLineage,
  on,
  type WireForm,
} from "./answer-change.ts";

/** Forms of lineage other than the usual ones, with the same content. */
export const lineageForms: Readonly<
  Record<
    | "modelRowsMissing"
    | "modelRowsWithoutId"
    | "elementRowsInParts"
    | "onlyRootSources"
    | "exampleFields"
    | "sourcesOnlyInEdges"
    | "unreachedNodes",
    WireForm
  >
> = {
  modelRowsMissing: {
    about: "Elements read `<urlId>/<suffix>` of data models that no row describes.",
    answers: on(documentLineage, (rows) => rows.filter(({ type }) => type !== "data-model")),
  },
  modelRowsWithoutId: {
    about: "The rows of data models have a null `dataModelId`; only the references contain the id.",
    answers: on(
      documentLineage,
      changeRows("data-model", (row) => ({ ...row, dataModelId: null })),
    ),
  },
  elementRowsInParts: {
    about: "An element has a row for each of its sources, as in the example of Sigma's documentation.",
    answers: on(documentLineage, (rows) => rows.flatMap(inParts)),
  },
  onlyRootSources: {
    about: "Elements have null `sourceIds`; only `dataSourceIds` names their sources.",
    answers: on(
      documentLineage,
      changeRows("element", (row) => ({ ...row, sourceIds: null })),
    ),
  },
  exampleFields: {
    about:
      "Source rows have `inodeName` and `datasourceId`, by which elements refer to them, as in the example of Sigma's documentation.",
    answers: on(documentLineage, withExampleFields),
  },
  sourcesOnlyInEdges: {
    about: "In the lineage of an element, tables and datasets are only the source of an edge, not a node.",
    answers: { [elementLineage]: changeObject(withoutInodes) },
  },
  unreachedNodes: {
    about:
      "The lineage of an element also has the nodes and edges of the other elements (DataHub), and a table that nothing reads.",
    answers: {
      [elementLineage]: (rows, { organization, document, part }) =>
        document?.kind === "workbook"
          ? rows.map((row) =>
              withUnreadTable(withSiblings(row, document, part("elementId")), organization, document),
            )
          : rows,
    },
  },
};

function changeRows(type: string, change: (row: AnswerRow) => AnswerRow): AnswerChange {
  return (rows) => rows.map((row) => (row["type"] === type ? change(row) : row));
}

function changeObject(change: (row: AnswerRow) => AnswerRow): AnswerChange {
  return (rows) => rows.map(change);
}

function inParts(row: AnswerRow): readonly AnswerRow[] {
  const sources = textsOf(row["sourceIds"]);
  return sources.length < 2 ? [row] : sources.map((source) => ({ ...row, sourceIds: [source] }));
}

/** The references of elements and the source rows have the same order. */
function withExampleFields(rows: readonly AnswerRow[]): readonly AnswerRow[] {
  const references = [...new Set(rows.flatMap(({ dataSourceIds }) => textsOf(dataSourceIds)))];
  const ids = new Map(references.map((reference, index) => [reference, `datasource-${index + 1}`]));
  const renamed = (sources: unknown): readonly string[] =>
    textsOf(sources).map((reference) => ids.get(reference) ?? reference);
  let next = 0;
  return rows.map(({ name, ...row }) =>
    row["type"] === "element"
      ? { ...row, sourceIds: renamed(row["sourceIds"]), dataSourceIds: renamed(row["dataSourceIds"]) }
      : { ...row, inodeName: name, datasourceId: ids.get(references[next++] ?? "") },
  );
}

function withoutInodes({ dependencies, ...row }: AnswerRow): AnswerRow {
  const nodes = Object.entries(dependencies as AnswerRow).filter(([id]) => !id.startsWith("inode-"));
  return { ...row, dependencies: Object.fromEntries(nodes) };
}

function withSiblings(row: AnswerRow, workbook: Workbook, elementId: string): AnswerRow {
  const others = elementsOf(workbook)
    .filter((element) => element.id !== elementId && readBy(element).length > 0)
    .map((element) => elementLineageAnswer(workbook, element));
  const edges = [row, ...others].flatMap((answer) => answer["edges"] as readonly AnswerRow[]);
  return {
    dependencies: Object.assign({}, ...[row, ...others].map(({ dependencies }) => dependencies)),
    edges: [...new Map(edges.map((edge) => [JSON.stringify(edge), edge])).values()],
  };
}

/** Adds the node of the first table that the workbook does not read, without an edge. */
function withUnreadTable(
  { dependencies, ...row }: AnswerRow,
  { tables }: Organization,
  workbook: Workbook,
): AnswerRow {
  const read = new Set<unknown>(elementsOf(workbook).flatMap(readBy).flatMap(tablesOf));
  const table = tables.find((each) => !read.has(each));
  if (table === undefined) return { ...row, dependencies };
  const nodeId = `inode-${urlIdOf(table.id)}`;
  const node = { nodeId, type: "table", name: table.path.at(-1) };
  return { ...row, dependencies: { ...(dependencies as AnswerRow), [nodeId]: node } };
}

function tablesOf(source: Source): readonly Source[] {
  return source.kind === "sql" ? source.tables : [source];
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
