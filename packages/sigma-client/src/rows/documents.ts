import {
  type DocumentFields,
  documentFields,
  type Optional,
  optionalNumber,
  optionalText,
} from "./fields.ts";
import { list, optional, type RowShape, row, text } from "./row-shape.ts";

/** A version tag on a workbook. The tagged version is a separate document. */
export interface WorkbookTag {
  /** UUID of the version tag. */
  readonly versionTagId?: Optional<string>;
  /** Name of the version tag. */
  readonly name?: Optional<string>;
  /** The tagged version. */
  readonly sourceWorkbookVersion?: Optional<number>;
  /** UUID of the document that holds the tagged version. */
  readonly taggedWorkbookId?: Optional<string>;
  /** ISO 8601. */
  readonly workbookTaggedAt?: Optional<string>;
}

/** `GET /v2/workbooks`. */
export interface WorkbookRow extends DocumentFields {
  /** UUID. */
  readonly workbookId: string;
  /** The UUID in base62. */
  readonly workbookUrlId?: Optional<string>;
  /** Version tags; missing with `excludeTags`. */
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

/** A version tag on a data model; its field names differ from those of a workbook. */
export interface DataModelTag {
  /** UUID of the version tag. */
  readonly versionTagId?: Optional<string>;
  /** Name of the version tag. */
  readonly tagName?: Optional<string>;
  /** The tagged version. */
  readonly sourceVersion?: Optional<number>;
  /** ISO 8601. */
  readonly taggedAt?: Optional<string>;
}

/** `GET /v2/dataModels`. */
export interface DataModelRow extends DocumentFields {
  /** UUID. */
  readonly dataModelId: string;
  /** The UUID in base62. */
  readonly dataModelUrlId?: Optional<string>;
  /** Version tags; missing with `excludeTags`. */
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
  /** UUID. */
  readonly reportId: string;
  /** The UUID in base62. */
  readonly reportUrlId?: Optional<string>;
}

export const reportRow: RowShape<ReportRow> = row({
  ...documentFields,
  reportId: text,
  reportUrlId: optionalText,
});
