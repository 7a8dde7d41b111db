import { type Optional, optionalFlag, optionalText, type Row } from "./fields.ts";
import { optional, type RowShape, row, text } from "./row-shape.ts";

/** A materialization schedule of a workbook or data model. */
export interface MaterializationScheduleRow extends Row {
  /** What a materialization is started with; not the element id. */
  readonly sheetId: string;
  readonly elementId?: Optional<string>;
  readonly elementName?: Optional<string>;
  readonly schedule?: Optional<{
    readonly cronSpec?: Optional<string>;
    readonly timezone?: Optional<string>;
  }>;
  readonly configuredAt?: Optional<string>;
  readonly paused?: Optional<boolean>;
}

export const materializationScheduleRow: RowShape<MaterializationScheduleRow> = row({
  sheetId: text,
  elementId: optionalText,
  elementName: optionalText,
  schedule: optional(row({ cronSpec: optionalText, timezone: optionalText })),
  configuredAt: optionalText,
  paused: optionalFlag,
});

/** Answer to starting a materialization. */
export interface StartedMaterializationRow extends Row {
  readonly materializationId: string;
}

export const startedMaterializationRow: RowShape<StartedMaterializationRow> = row({
  materializationId: text,
});

/** State of a materialization. */
export interface MaterializationRow extends StartedMaterializationRow {
  /** `pending`, `building`, `ready`, `failed`, …; an open list. */
  readonly status: string;
  readonly startedAt?: Optional<string>;
  readonly readyAt?: Optional<string>;
  readonly expiredAt?: Optional<string>;
  readonly error?: Optional<string>;
}

export const materializationRow: RowShape<MaterializationRow> = row({
  materializationId: text,
  status: text,
  startedAt: optionalText,
  readyAt: optionalText,
  expiredAt: optionalText,
  error: optionalText,
});
