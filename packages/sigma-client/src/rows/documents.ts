import {
  type DocumentFields,
  documentFields,
  type Optional,
  optionalNumber,
  optionalText,
} from "./fields.ts";
import { id, list, optional, type RowShape, row, unchecked } from "./row-shape.ts";

/** A version tag on a workbook. The tagged version is a separate document. */
export interface WorkbookTag {
  /** UUID of the version tag. */
  readonly versionTagId?: unknown;
  /** Name of the version tag. */
  readonly name?: Optional<string>;
  /** The tagged version. */
  readonly sourceWorkbookVersion?: Optional<number>;
  /** UUID of the document that holds the tagged version. */
  readonly taggedWorkbookId?: unknown;
  /** ISO 8601. */
  readonly workbookTaggedAt?: unknown;
}

/** `GET /v2/workbooks`. */
export interface WorkbookRow extends DocumentFields {
  /** UUID. */
  readonly workbookId: string;
  /** The UUID in base62. */
  readonly workbookUrlId?: unknown;
  /** Version tags; missing with `excludeTags`. */
  readonly tags?: Optional<readonly WorkbookTag[]>;
}

export const workbookTag: RowShape<WorkbookTag> = row({
  versionTagId: unchecked,
  name: optionalText,
  sourceWorkbookVersion: optionalNumber,
  taggedWorkbookId: unchecked,
  workbookTaggedAt: unchecked,
});

export const workbookRow: RowShape<WorkbookRow> = row(
  {
    ...documentFields,
    workbookId: id,
    workbookUrlId: unchecked,
    tags: optional(list(workbookTag)),
  },
  { otherId: ({ workbookUrlId }) => workbookUrlId },
);

/** A version tag on a data model; its field names differ from those of a workbook. */
export interface DataModelTag {
  /** UUID of the version tag. */
  readonly versionTagId?: unknown;
  /** Name of the version tag. */
  readonly tagName?: Optional<string>;
  /** The tagged version. */
  readonly sourceVersion?: Optional<number>;
  /** ISO 8601. */
  readonly taggedAt?: unknown;
}

/** `GET /v2/dataModels`. */
export interface DataModelRow extends DocumentFields {
  /** UUID. */
  readonly dataModelId: string;
  /** The UUID in base62. */
  readonly dataModelUrlId?: unknown;
  /** Version tags; missing with `excludeTags`. */
  readonly tags?: Optional<readonly DataModelTag[]>;
}

export const dataModelTag: RowShape<DataModelTag> = row({
  versionTagId: unchecked,
  tagName: optionalText,
  sourceVersion: optionalNumber,
  taggedAt: unchecked,
});

export const dataModelRow: RowShape<DataModelRow> = row(
  {
    ...documentFields,
    dataModelId: id,
    dataModelUrlId: unchecked,
    tags: optional(list(dataModelTag)),
  },
  { otherId: ({ dataModelUrlId }) => dataModelUrlId },
);

/** `GET /v2/reports`. */
export interface ReportRow extends DocumentFields {
  /** UUID. */
  readonly reportId: string;
  /** The UUID in base62. */
  readonly reportUrlId?: unknown;
}

export const reportRow: RowShape<ReportRow> = row({
  ...documentFields,
  reportId: id,
  reportUrlId: unchecked,
});
