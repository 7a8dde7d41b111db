import { type Audited, audited, type Optional, optionalNumber, optionalText, type Row } from "./fields.ts";
import { optional, type RowShape, row, text } from "./row-shape.ts";

/** Where a dataset went when it was turned into a data model. */
export interface DatasetMigration {
  readonly dataModelId?: Optional<string>;
  readonly dataModelUrl?: Optional<string>;
  readonly migratedAt?: Optional<string>;
  readonly migratedBy?: Optional<string>;
}

/** `GET /v2/datasets`. Read-only in Sigma since 2026-06; replaced by data models. */
export interface DatasetRow extends Audited {
  readonly datasetId: string;
  readonly name?: Optional<string>;
  readonly description?: Optional<string>;
  readonly url?: Optional<string>;
  readonly path?: Optional<string>;
  /** Member id. */
  readonly owner?: Optional<string>;
  readonly referenceCount?: Optional<number>;
  readonly migrationStatus?: Optional<string>;
  readonly migrationToDataModel?: Optional<DatasetMigration>;
}

export const datasetRow: RowShape<DatasetRow> = row({
  ...audited,
  datasetId: text,
  name: optionalText,
  description: optionalText,
  url: optionalText,
  path: optionalText,
  owner: optionalText,
  referenceCount: optionalNumber,
  migrationStatus: optionalText,
  migrationToDataModel: optional(
    row({
      dataModelId: optionalText,
      dataModelUrl: optionalText,
      migratedAt: optionalText,
      migratedBy: optionalText,
    }),
  ),
});

/** `GET /v2/datasets/{id}/materialization`: one finished run. */
export interface DatasetMaterializationRow extends Row {
  /** `success`, `failed`, `marked` or `swept`. */
  readonly status?: Optional<string>;
  readonly finishedAt?: Optional<string>;
  readonly error?: Optional<string>;
  /** Seconds. */
  readonly runtimeSecs?: Optional<number>;
  readonly numRows?: Optional<number>;
  readonly numBytes?: Optional<number>;
}

export const datasetMaterializationRow: RowShape<DatasetMaterializationRow> = row({
  status: optionalText,
  finishedAt: optionalText,
  error: optionalText,
  runtimeSecs: optionalNumber,
  numRows: optionalNumber,
  numBytes: optionalNumber,
});
