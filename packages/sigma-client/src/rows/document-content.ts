import { type Optional, optionalText, optionalTexts, type Row } from "./fields.ts";
import {
  id,
  nonEmptyText,
  number,
  objectOrText,
  optional,
  type RowShape,
  row,
  unchecked,
} from "./row-shape.ts";

/** `GET /v2/workbooks/{id}/pages`. */
export interface PageRow extends Row {
  /** Id, unique within the workbook. */
  readonly pageId: string;
  /** Display name. */
  readonly name?: unknown;
  /** Whether the page is hidden. */
  readonly hidden?: unknown;
}

export const pageRow: RowShape<PageRow> = row({
  pageId: id,
  name: unchecked,
  hidden: unchecked,
});

/** `…/elements`, of a whole document or of one page. Sigma may add types. */
export interface ElementRow extends Row {
  /** Id, unique within the document. */
  readonly elementId: string;
  /** Display name. */
  readonly name?: Optional<string>;
  /** `table`, `visualization`, `pivot-table`, `text`, … */
  readonly type?: Optional<string>;
  /** Spelled like this in the API. Missing for elements without data. */
  readonly vizualizationType?: Optional<string>;
  /** Display names of the columns. */
  readonly columns?: Optional<readonly string[]>;
  /** Error of a broken element. */
  readonly error?: unknown;
}

export const elementRow: RowShape<ElementRow> = row({
  elementId: id,
  name: optionalText,
  type: optionalText,
  vizualizationType: optionalText,
  columns: optionalTexts,
  error: unchecked,
});

/** The type of a column; `{ type: "error" }` marks a broken one. */
export interface ColumnType {
  /** Name of the type. */
  readonly type?: Optional<string>;
}

/** `…/columns`, of a whole document or of one element. */
export interface ColumnRow extends Row {
  /** Id, unique within the element. */
  readonly columnId: string;
  /** Display name, in responses for a whole document. */
  readonly name?: Optional<string>;
  /** Display name, in responses for one element. */
  readonly label?: Optional<string>;
  /** Formula in Sigma's syntax. */
  readonly formula?: Optional<string>;
  /** Data type. */
  readonly type?: Optional<ColumnType | string>;
  /** Missing in responses for one element; null for a column of the document as a whole. */
  readonly elementId?: Optional<string>;
}

export const columnRow: RowShape<ColumnRow> = row({
  columnId: nonEmptyText,
  name: optionalText,
  label: optionalText,
  formula: optionalText,
  type: optional(objectOrText(row({ type: optionalText }))),
  elementId: optionalText,
});

/** `GET /v2/workbooks/{id}/queries`. */
export interface QueryRow extends Row {
  /** Id of the element. */
  readonly elementId: string;
  /** Name of the element. */
  readonly name?: unknown;
  /** Generated SQL. */
  readonly sql?: Optional<string>;
  /** Error if Sigma cannot generate the SQL. */
  readonly error?: unknown;
}

export const queryRow: RowShape<QueryRow> = row({
  elementId: id,
  name: unchecked,
  sql: optionalText,
  error: unchecked,
});

/** `GET /v2/workbooks/{id}/version-history`. */
export interface VersionRow extends Row {
  /** Version number. */
  readonly version: number;
  /** ISO 8601. */
  readonly publishedAt?: Optional<string>;
  /** Member id. */
  readonly publishedBy?: Optional<string>;
}

export const versionRow: RowShape<VersionRow> = row({
  version: number,
  publishedAt: optionalText,
  publishedBy: optionalText,
});
