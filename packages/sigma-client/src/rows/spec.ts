import { type Optional, optionalNumber, optionalText, type Row } from "./fields.ts";
import { type RowShape, row } from "./row-shape.ts";

/**
 * `GET /v2/workbooks/{id}/spec` and `/v2/dataModels/{id}/spec`: the code representation of a document. Its shape still
 * changes, so only the fields that identify it are validated; `pages` or `elements` contain the rest.
 */
export interface SpecRow extends Row {
  /** UUID of a data model. */
  readonly dataModelId?: Optional<string>;
  /** UUID of a workbook. */
  readonly workbookId?: Optional<string>;
  /** Version of the representation. */
  readonly schemaVersion?: Optional<number>;
  /** Version of the document. */
  readonly documentVersion?: Optional<number>;
}

export const specRow: RowShape<SpecRow> = row({
  dataModelId: optionalText,
  workbookId: optionalText,
  schemaVersion: optionalNumber,
  documentVersion: optionalNumber,
});
