import { urlIdOf } from "../../organization/base62.ts";
import { Identifiers } from "../../organization/identifiers.ts";
import type { Organization } from "../../organization/organization.ts";
import {
  type AnswerContext,
  type AnswerRow,
  type ChangedAnswers,
  documentLineage,
  elementLineage,
  on,
  type WireForm,
} from "./answer-change.ts";
import { textsOf } from "./lineage-forms.ts";

/** Sources of kinds that have no asset of their own, and tables of another kind. */
export const otherSources: Readonly<
  Record<"worksheetSources" | "uploadSources" | "undescribedReferences" | "semanticViews", WireForm>
> = {
  worksheetSources: {
    about: "Elements also read a worksheet, a predecessor of the workbook: a row with `worksheetId`.",
    answers: alsoRead((id) => ({
      reference: `inode-${urlIdOf(id)}`,
      row: { type: "worksheet", worksheetId: id, name: "Old Worksheet", connectionId: null },
    })),
  },
  uploadSources: {
    about: "Elements also read an uploaded file: a row with `csvId`.",
    answers: alsoRead((id) => ({
      reference: id.slice(0, 8),
      row: { type: "csv-upload", csvId: id.slice(0, 8), name: "targets.csv", connectionId: null },
    })),
  },
  undescribedReferences: {
    about: "Elements also refer to an id that no row describes, which Sigma does not know either (castor).",
    answers: alsoRead((id) => ({ reference: urlIdOf(id), row: null })),
  },
  semanticViews: {
    about:
      "Tables are semantic views: rows and nodes of the type `semantic-view` with `semanticViewTable`, the name of the view in the warehouse.",
    answers: { ...on(documentLineage, semanticViewRows), [elementLineage]: semanticViewNodes },
  },
};

/** A source that an element also reads: how it refers to it, and the row that describes it. */
interface OtherSource {
  readonly reference: string;
  readonly row: AnswerRow | null;
}

/** Adds a source to the elements that read something outside of the document directly. */
function alsoRead(source: (id: string) => OtherSource): ChangedAnswers {
  const sourceOf = ({ organization, document }: AnswerContext): OtherSource =>
    source(new Identifiers(organization.slug).uuid(`other/${document?.id}`));
  return {
    ...on(documentLineage, (rows, context) => withSource(rows, sourceOf(context))),
    [elementLineage]: (rows, context) =>
      rows.map((row) => withSourceNode(row, sourceOf(context), context.part("elementId"))),
  };
}

function withSource(rows: readonly AnswerRow[], { reference, row }: OtherSource): readonly AnswerRow[] {
  const elements = rows.map((known): AnswerRow => {
    const roots = textsOf(known["dataSourceIds"]);
    const sources = textsOf(known["sourceIds"]);
    if (!sources.some((each) => roots.includes(each))) return known;
    return { ...known, sourceIds: [...sources, reference], dataSourceIds: [...roots, reference] };
  });
  return row === null ? elements : [...elements, row];
}

function withSourceNode(answer: AnswerRow, { reference, row }: OtherSource, elementId: string): AnswerRow {
  const nodes = answer["dependencies"] as Readonly<Record<string, AnswerRow>>;
  const target = Object.values(nodes).find((node) => node["elementId"] === elementId)?.["nodeId"];
  const edge = { source: reference, target, type: "source" };
  const node =
    row === null ? {} : { [reference]: { nodeId: reference, type: row["type"], name: row["name"] } };
  return {
    dependencies: { ...nodes, ...node },
    edges: [...(answer["edges"] as readonly AnswerRow[]), edge],
  };
}

function semanticViewRows(rows: readonly AnswerRow[], { organization }: AnswerContext): readonly AnswerRow[] {
  return rows.map((row) => {
    if (row["type"] !== "table") return row;
    const { inodeId, ...others } = row;
    const semanticViewTable = tableName(organization, ({ id }) => id === inodeId);
    return { ...others, type: "semantic-view", semanticViewId: inodeId, semanticViewTable };
  });
}

function semanticViewNodes(
  rows: readonly AnswerRow[],
  { organization }: AnswerContext,
): readonly AnswerRow[] {
  return rows.map((row) => {
    const nodes = Object.entries(row["dependencies"] as Readonly<Record<string, AnswerRow>>);
    const changed = nodes.map(([id, node]): readonly [string, AnswerRow] => {
      if (node["type"] !== "table") return [id, node];
      const semanticViewTable = tableName(organization, (table) => `inode-${urlIdOf(table.id)}` === id);
      return [id, { ...node, type: "semantic-view", semanticViewTable }];
    });
    return { ...row, dependencies: Object.fromEntries(changed) };
  });
}

function tableName(
  { tables }: Organization,
  fits: (table: Organization["tables"][number]) => boolean,
): string | undefined {
  return tables.find(fits)?.path.join(".");
}
