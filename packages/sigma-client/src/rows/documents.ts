import { z } from "zod";
import {
  type DocumentFields,
  documentFields,
  type Optional,
  optionalNumber,
  optionalText,
} from "./fields.ts";

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

export const workbookTag: z.ZodType<WorkbookTag> = z.looseObject({
  versionTagId: optionalText,
  name: optionalText,
  sourceWorkbookVersion: optionalNumber,
  taggedWorkbookId: optionalText,
  workbookTaggedAt: optionalText,
});

export const workbookRow: z.ZodType<WorkbookRow> = z.looseObject({
  ...documentFields,
  workbookId: z.string(),
  workbookUrlId: optionalText,
  tags: z.array(workbookTag).nullish(),
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

export const dataModelTag: z.ZodType<DataModelTag> = z.looseObject({
  versionTagId: optionalText,
  tagName: optionalText,
  sourceVersion: optionalNumber,
  taggedAt: optionalText,
});

export const dataModelRow: z.ZodType<DataModelRow> = z.looseObject({
  ...documentFields,
  dataModelId: z.string(),
  dataModelUrlId: optionalText,
  tags: z.array(dataModelTag).nullish(),
});

/** `GET /v2/reports`. */
export interface ReportRow extends DocumentFields {
  readonly reportId: string;
  readonly reportUrlId?: Optional<string>;
}

export const reportRow: z.ZodType<ReportRow> = z.looseObject({
  ...documentFields,
  reportId: z.string(),
  reportUrlId: optionalText,
});
