import { type Audited, audited, type Optional, optionalNumber, optionalText, type Row } from "./fields.ts";
import { id, objectOrText, optional, type RowShape, row, unchecked } from "./row-shape.ts";

/** The migration of a dataset to a data model. */
export interface DatasetMigration {
  /** UUID of the data model. */
  readonly dataModelId?: Optional<string>;
  /** Page of the data model. */
  readonly dataModelUrl?: unknown;
  /** ISO 8601. */
  readonly migratedAt?: unknown;
  /** Member id. */
  readonly migratedBy?: unknown;
}

/** `GET /v2/datasets`. Read-only in Sigma since 2026-06; replaced by data models. */
export interface DatasetRow extends Audited {
  /** UUID. */
  readonly datasetId: string;
  /** Display name. */
  readonly name?: Optional<string>;
  /** Description in Sigma. */
  readonly description?: Optional<string>;
  /** Page in Sigma. */
  readonly url?: Optional<string>;
  /** Folder names, outermost first, joined with `/`. */
  readonly path?: Optional<string>;
  /** Member id of the owner. */
  readonly owner?: Optional<string>;
  /** Number of documents that read it. */
  readonly referenceCount?: unknown;
  /** State of the migration to a data model. */
  readonly migrationStatus?: unknown;
  /** The data model that replaced the dataset. */
  readonly migrationToDataModel?: Optional<DatasetMigration>;
}

export const datasetRow: RowShape<DatasetRow> = row(
  {
    ...audited,
    datasetId: id,
    name: optionalText,
    description: optionalText,
    url: optionalText,
    path: optionalText,
    owner: optionalText,
    referenceCount: unchecked,
    migrationStatus: unchecked,
    migrationToDataModel: optional(
      row({
        dataModelId: optionalText,
        dataModelUrl: unchecked,
        migratedAt: unchecked,
        migratedBy: unchecked,
      }),
    ),
  },
  // The last part of the URL is the id in base62.
  { otherId: ({ url }) => (typeof url === "string" ? url.split("/").at(-1) : null) },
);

/** The error of a run. */
export interface RunError {
  /** Sigma's own code. */
  readonly code?: Optional<string>;
  /** Text for people. */
  readonly message?: Optional<string>;
}

/** `GET /v2/datasets/{id}/materialization`: one finished run. */
export interface DatasetMaterializationRow extends Row {
  /** `success`, `failed`, `marked`, `swept`, `canceled`, `expired`, `skipped`; Sigma may add values. */
  readonly status?: Optional<string>;
  /** ISO 8601. */
  readonly finishedAt?: Optional<string>;
  /** Error of a failed run: its message, or an object with it. */
  readonly error?: Optional<RunError | string>;
  /** Duration in seconds. */
  readonly runtimeSecs?: Optional<number>;
  /** Number of rows. */
  readonly numRows?: Optional<number>;
  /** Size in bytes. */
  readonly numBytes?: Optional<number>;
}

export const datasetMaterializationRow: RowShape<DatasetMaterializationRow> = row({
  status: optionalText,
  finishedAt: optionalText,
  error: optional(objectOrText(row<RunError>({ code: optionalText, message: optionalText }))),
  runtimeSecs: optionalNumber,
  numRows: optionalNumber,
  numBytes: optionalNumber,
});
