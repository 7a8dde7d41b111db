import { type Optional, optionalFlag, optionalText, type Row } from "./fields.ts";
import { hasText, id, optional, type RowShape, row, text, unchecked } from "./row-shape.ts";

/** A materialization schedule of a workbook or data model. */
export interface MaterializationScheduleRow extends Row {
  /** Id to start a materialization with; not the element id. Some responses name the element only by `elementName`. */
  readonly sheetId?: Optional<string>;
  /** Id of the element. */
  readonly elementId?: Optional<string>;
  /** Name of the element. */
  readonly elementName?: Optional<string>;
  /** When it runs. */
  readonly schedule?: Optional<{
    /** Cron expression. */
    readonly cronSpec?: Optional<string>;
    /** IANA time zone. */
    readonly timezone?: Optional<string>;
  }>;
  /** ISO 8601. */
  readonly configuredAt?: unknown;
  /** Whether the schedule is paused. */
  readonly paused?: Optional<boolean>;
}

export const materializationScheduleRow: RowShape<MaterializationScheduleRow> = row(
  {
    sheetId: optionalText,
    elementId: optionalText,
    elementName: optionalText,
    schedule: optional(row({ cronSpec: optionalText, timezone: optionalText })),
    configuredAt: unchecked,
    paused: optionalFlag,
  },
  {
    missing: ({ sheetId, elementId, elementName }) =>
      [sheetId, elementId, elementName].some(hasText) ? null : "elementName",
  },
);

/** The response to starting a materialization. */
export interface StartedMaterializationRow extends Row {
  /** Id to query its state with. */
  readonly materializationId: string;
}

export const startedMaterializationRow: RowShape<StartedMaterializationRow> = row({
  materializationId: id,
});

/** The state of a materialization. */
export interface MaterializationRow extends StartedMaterializationRow {
  /** `pending`, `building`, `ready`, `failed`, `canceled`, `expired`, `skipped`, …; Sigma may add values. */
  readonly status: string;
  /** ISO 8601. */
  readonly startedAt?: Optional<string>;
  /** ISO 8601. */
  readonly readyAt?: Optional<string>;
  /** ISO 8601. */
  readonly expiredAt?: Optional<string>;
  /** Error message of a failed materialization; documented as text, and an object for datasets. */
  readonly error?: unknown;
}

export const materializationRow: RowShape<MaterializationRow> = row({
  materializationId: id,
  status: text,
  startedAt: optionalText,
  readyAt: optionalText,
  expiredAt: optionalText,
  error: unchecked,
});
