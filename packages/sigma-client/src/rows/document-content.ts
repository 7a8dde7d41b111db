import { type Optional, optionalFlag, optionalText, optionalTexts, type Row } from "./fields.ts";
import { either, number, optional, type RowShape, row, text } from "./row-shape.ts";

/** `GET /v2/workbooks/{id}/pages`. */
export interface PageRow extends Row {
  readonly pageId: string;
  readonly name?: Optional<string>;
  readonly hidden?: Optional<boolean>;
}

export const pageRow: RowShape<PageRow> = row({
  pageId: text,
  name: optionalText,
  hidden: optionalFlag,
});

/** `…/elements`, of a whole document or of one page. Types are open lists. */
export interface ElementRow extends Row {
  readonly elementId: string;
  readonly name?: Optional<string>;
  /** `table`, `visualization`, `pivot-table`, `text`, … */
  readonly type?: Optional<string>;
  /** Sigma's own spelling. Missing on elements that show no data. */
  readonly vizualizationType?: Optional<string>;
  /** Display names. */
  readonly columns?: Optional<readonly string[]>;
  readonly error?: Optional<string>;
}

export const elementRow: RowShape<ElementRow> = row({
  elementId: text,
  name: optionalText,
  type: optionalText,
  vizualizationType: optionalText,
  columns: optionalTexts,
  error: optionalText,
});

/** The type of a column; `{ type: "error" }` marks a broken one. */
export interface ColumnType {
  readonly type?: Optional<string>;
}

/** `…/columns`, of a whole document or of one element. */
export interface ColumnRow extends Row {
  readonly columnId: string;
  /** The display name; `label` when one element was asked for. */
  readonly name?: Optional<string>;
  readonly label?: Optional<string>;
  readonly formula?: Optional<string>;
  readonly type?: Optional<ColumnType | string>;
  /** Missing when one element was asked for; null for what belongs to the document as a whole. */
  readonly elementId?: Optional<string>;
}

export const columnRow: RowShape<ColumnRow> = row({
  columnId: text,
  name: optionalText,
  label: optionalText,
  formula: optionalText,
  type: optional(either(row({ type: optionalText }), text)),
  elementId: optionalText,
});

/** `GET /v2/workbooks/{id}/queries`. */
export interface QueryRow extends Row {
  readonly elementId: string;
  readonly name?: Optional<string>;
  readonly sql?: Optional<string>;
  readonly error?: Optional<string>;
}

export const queryRow: RowShape<QueryRow> = row({
  elementId: text,
  name: optionalText,
  sql: optionalText,
  error: optionalText,
});

/** `GET /v2/workbooks/{id}/version-history`. */
export interface VersionRow extends Row {
  readonly version: number;
  readonly publishedAt?: Optional<string>;
  readonly publishedBy?: Optional<string>;
}

export const versionRow: RowShape<VersionRow> = row({
  version: number,
  publishedAt: optionalText,
  publishedBy: optionalText,
});
