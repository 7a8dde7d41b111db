import { type Optional, optionalText, optionalTexts, type Row } from "./fields.ts";
import { list, optional, type RowShape, record, row, text } from "./row-shape.ts";

/**
 * One row of `…/lineage` of a whole document: an element with what it reads, or a source that elements
 * read. Which fields are there depends on `type`, an open list: `element`, `table`, `dataset`, `data-model`,
 * `customSQL`, `csv-upload`, `semantic-view`, `sql-document`.
 */
export interface LineageRow extends Row {
  readonly type: string;
  /** Of an element. */
  readonly elementId?: Optional<string>;
  /** Direct sources of an element: ids of elements or of sources. */
  readonly sourceIds?: Optional<readonly string[]>;
  /** Sources of an element after walking through other elements; true only when fetched. */
  readonly dataSourceIds?: Optional<readonly string[]>;
  /** UUID of a table or dataset. */
  readonly inodeId?: Optional<string>;
  readonly dataModelId?: Optional<string>;
  readonly csvId?: Optional<string>;
  readonly semanticViewId?: Optional<string>;
  readonly sqlDocumentId?: Optional<string>;
  /** In the examples of Sigma's documentation only. */
  readonly datasourceId?: Optional<string>;
  readonly name?: Optional<string>;
  /** What the examples of Sigma's documentation call `name`. */
  readonly inodeName?: Optional<string>;
  readonly connectionId?: Optional<string>;
  /** SQL text of a customSQL row. */
  readonly definition?: Optional<string>;
}

export const lineageRow: RowShape<LineageRow> = row({
  type: text,
  elementId: optionalText,
  sourceIds: optionalTexts,
  dataSourceIds: optionalTexts,
  inodeId: optionalText,
  dataModelId: optionalText,
  csvId: optionalText,
  semanticViewId: optionalText,
  sqlDocumentId: optionalText,
  datasourceId: optionalText,
  name: optionalText,
  inodeName: optionalText,
  connectionId: optionalText,
  definition: optionalText,
});

/** A node of the lineage of one element; `type` is an open list: `sheet`, `table`, `dataset`, `join`, … */
export interface LineageNode {
  readonly nodeId?: Optional<string>;
  readonly type?: Optional<string>;
  readonly name?: Optional<string>;
  readonly elementId?: Optional<string>;
}

export interface LineageEdge {
  readonly source: string;
  readonly target: string;
  /** `source`, `lookup` or `dependency`. */
  readonly type?: Optional<string>;
}

/** `GET /v2/workbooks/{id}/lineage/elements/{elementId}`. Either part may be missing. */
export interface ElementLineageRow extends Row {
  readonly dependencies?: Optional<Readonly<Record<string, LineageNode>>>;
  readonly edges?: Optional<readonly LineageEdge[]>;
}

export const elementLineageRow: RowShape<ElementLineageRow> = row({
  dependencies: optional(
    record(row({ nodeId: optionalText, type: optionalText, name: optionalText, elementId: optionalText })),
  ),
  edges: optional(list(row({ source: text, target: text, type: optionalText }))),
});

/**
 * One row of `…/sources` of a workbook, a data model (§7) or a dataset (§8.1). Tables and datasets are
 * named by `inodeId` on workbooks and datasets, by `tableId` and `datasetId` on data models.
 */
export interface SourceRow extends Row {
  /** `table`, `dataset`, `data-model`, `custom-sql`; an open list. */
  readonly type: string;
  readonly inodeId?: Optional<string>;
  readonly tableId?: Optional<string>;
  readonly datasetId?: Optional<string>;
  readonly dataModelId?: Optional<string>;
  readonly elementIds?: Optional<readonly string[]>;
  readonly versionTagId?: Optional<string>;
  readonly connectionId?: Optional<string>;
  readonly definition?: Optional<string>;
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
