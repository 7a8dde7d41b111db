import { type Optional, optionalText, optionalTexts, type Row } from "./fields.ts";
import {
  hasText,
  list,
  listOrText,
  optional,
  type RowShape,
  record,
  row,
  text,
  wholeList,
} from "./row-shape.ts";

/**
 * One row of `…/lineage` of a whole document: an element with its source ids, or a source. The fields depend on `type`,
 * to which Sigma may add values: `element`, `table`, `dataset`, `data-model`,
 * `customSQL`, `csv-upload`, `semantic-view`, `sql-document`, `worksheet`.
 */
export interface LineageRow extends Row {
  /** Kind of the row. */
  readonly type: string;
  /** Id of an element. */
  readonly elementId?: Optional<string>;
  /** Direct sources of an element: ids of elements or of sources. */
  readonly sourceIds?: Optional<readonly string[]>;
  /** Indirect sources of an element, through other elements. Valid only at the time of the response. */
  readonly dataSourceIds?: Optional<readonly string[]>;
  /** UUID of a table or dataset. */
  readonly inodeId?: Optional<string>;
  /** UUID of a data model. */
  readonly dataModelId?: Optional<string>;
  /** The UUID of a data model in base62. */
  readonly dataModelUrlId?: Optional<string>;
  /** The UUID of a data model in base62, used instead of `dataModelUrlId` by some responses. */
  readonly urlId?: Optional<string>;
  /** Id of an upload. */
  readonly csvId?: Optional<string>;
  /** Id of a semantic view. */
  readonly semanticViewId?: Optional<string>;
  /** The semantic view in its warehouse: its name with dots, or the parts of its path. */
  readonly semanticViewTable?: Optional<string | readonly string[]>;
  /** Id of a SQL document. */
  readonly sqlDocumentId?: Optional<string>;
  /** Id of a worksheet, a kind of document that preceded workbooks. */
  readonly worksheetId?: Optional<string>;
  /** Appears only in the examples of Sigma's documentation. */
  readonly datasourceId?: Optional<string>;
  /** Name of an element or source. */
  readonly name?: Optional<string>;
  /** Used instead of `name` in the examples of Sigma's documentation. */
  readonly inodeName?: Optional<string>;
  /** UUID of the connection. */
  readonly connectionId?: Optional<string>;
  /** SQL text of a customSQL row. */
  readonly definition?: Optional<string>;
}

export const lineageRow: RowShape<LineageRow> = row(
  {
    type: text,
    elementId: optionalText,
    sourceIds: optionalTexts,
    dataSourceIds: optionalTexts,
    inodeId: optionalText,
    dataModelId: optionalText,
    dataModelUrlId: optionalText,
    urlId: optionalText,
    csvId: optionalText,
    semanticViewId: optionalText,
    semanticViewTable: optional(listOrText(wholeList(text))),
    sqlDocumentId: optionalText,
    worksheetId: optionalText,
    datasourceId: optionalText,
    name: optionalText,
    inodeName: optionalText,
    connectionId: optionalText,
    definition: optionalText,
  },
  // Without its id, nothing can be said of the element.
  { missing: ({ type, elementId }) => (type === "element" && !hasText(elementId) ? "elementId" : null) },
);

/** A node of the lineage of one element. */
export interface LineageNode {
  /** Id, unique within the response. */
  readonly nodeId?: Optional<string>;
  /** `sheet`, `table`, `dataset`, `join`, …; Sigma may add types. */
  readonly type?: Optional<string>;
  /** Display name. */
  readonly name?: Optional<string>;
  /** Id of the element of a `sheet`. */
  readonly elementId?: Optional<string>;
  /** A semantic view in its warehouse: its name with dots, or the parts of its path. */
  readonly semanticViewTable?: Optional<string | readonly string[]>;
}

/** An edge of the lineage of one element. */
export interface LineageEdge {
  /** Node id of the upstream node. */
  readonly source: string;
  /** Node id of the downstream node. */
  readonly target: string;
  /** `source`, `lookup` or `dependency`. */
  readonly type?: Optional<string>;
}

/** `GET /v2/workbooks/{id}/lineage/elements/{elementId}`. Either part may be missing. */
export interface ElementLineageRow extends Row {
  /** Nodes by id. */
  readonly dependencies?: Optional<Readonly<Record<string, LineageNode>>>;
  /** Edges between the nodes. */
  readonly edges?: Optional<readonly LineageEdge[]>;
}

export const elementLineageRow: RowShape<ElementLineageRow> = row({
  dependencies: optional(
    record(
      row({
        nodeId: optionalText,
        type: optionalText,
        name: optionalText,
        elementId: optionalText,
        semanticViewTable: optional(listOrText(wholeList(text))),
      }),
    ),
  ),
  edges: optional(list(row({ source: text, target: text, type: optionalText }))),
});

/**
 * One row of `…/sources` of a workbook, a data model or a dataset. Workbooks and datasets identify tables and datasets by
 * `inodeId`, data models by `tableId` and `datasetId`.
 */
export interface SourceRow extends Row {
  /** `table`, `dataset`, `data-model`, `custom-sql`; Sigma may add types. */
  readonly type: string;
  /** UUID of a table or dataset, on workbooks and datasets. */
  readonly inodeId?: Optional<string>;
  /** UUID of a table, on data models. */
  readonly tableId?: Optional<string>;
  /** UUID of a dataset, on data models. */
  readonly datasetId?: Optional<string>;
  /** UUID of a data model. */
  readonly dataModelId?: Optional<string>;
  /** Ids of the elements of the data model that are read. */
  readonly elementIds?: Optional<readonly string[]>;
  /** UUID of the version tag of the data model that is read. */
  readonly versionTagId?: Optional<string>;
  /** UUID of the connection of custom SQL. */
  readonly connectionId?: Optional<string>;
  /** Text of custom SQL. */
  readonly definition?: Optional<string>;
  /** Id of custom SQL. */
  readonly customSqlId?: Optional<string>;
}

export const sourceRow: RowShape<SourceRow> = row({
  type: text,
  inodeId: optionalText,
  tableId: optionalText,
  datasetId: optionalText,
  dataModelId: optionalText,
  elementIds: optionalTexts,
  versionTagId: optionalText,
  connectionId: optionalText,
  definition: optionalText,
  customSqlId: optionalText,
});
