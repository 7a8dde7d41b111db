import {
  type DocumentFields,
  documentFields,
  type Optional,
  optionalNumber,
  optionalText,
} from "./fields.ts";
import { list, optional, type RowShape, row, text } from "./row-shape.ts";

/** A version tag on a workbook. The tagged version is a document of its own. */
export interface WorkbookTag {
  readonly versionTagId?: Optional<string>;
  readonly name?: Optional<string>;
  readonly sourceWorkbookVersion?: Optional<number>;
  readonly taggedWorkbookId?: Optional<string>;
  readonly workbookTaggedAt?: Optional<string>;
}

/** `GET /v2/workbooks`. */
export interface WorkbookRow extends DocumentFields {
  readonly workbookId: string;
  readonly workbookUrlId?: Optional<string>;
  readonly tags?: Optional<readonly WorkbookTag[]>;
}

export const workbookTag: RowShape<WorkbookTag> = row({
  versionTagId: optionalText,
  name: optionalText,
  sourceWorkbookVersion: optionalNumber,
  taggedWorkbookId: optionalText,
  workbookTaggedAt: optionalText,
});

export const workbookRow: RowShape<WorkbookRow> = row({
  ...documentFields,
  workbookId: text,
  workbookUrlId: optionalText,
  tags: optional(list(workbookTag)),
});

/** A version tag on a data model; its fields are named otherwise than on a workbook. */
export interface DataModelTag {
  readonly versionTagId?: Optional<string>;
  readonly tagName?: Optional<string>;
  readonly sourceVersion?: Optional<number>;
  readonly taggedAt?: Optional<string>;
}

/** `GET /v2/dataModels`. */
export interface DataModelRow extends DocumentFields {
  readonly dataModelId: string;
  readonly dataModelUrlId?: Optional<string>;
  readonly tags?: Optional<readonly DataModelTag[]>;
}

export const dataModelTag: RowShape<DataModelTag> = row({
  versionTagId: optionalText,
  tagName: optionalText,
  sourceVersion: optionalNumber,
  taggedAt: optionalText,
});

export const dataModelRow: RowShape<DataModelRow> = row({
  ...documentFields,
  dataModelId: text,
  dataModelUrlId: optionalText,
  tags: optional(list(dataModelTag)),
});

/** `GET /v2/reports`. */
export interface ReportRow extends DocumentFields {
  readonly reportId: string;
  readonly reportUrlId?: Optional<string>;
}

export const reportRow: RowShape<ReportRow> = row({
  ...documentFields,
  reportId: text,
  reportUrlId: optionalText,
});
