import type {
  ColumnRow,
  ColumnType,
  ElementRow,
  MaterializationRow,
  MaterializationScheduleRow,
  PageRow,
  QueryRow,
} from "@dagster-sigma/sigma-client";
import { list, row, textOr } from "./container-rules.ts";
import { errorAnswer } from "./error-row.ts";
import { columnType, elementType, runStatus, visualizationType } from "./known-values.ts";
import { columnId, cron, flag, formula, freeText, id, name, sql, time, timeZone } from "./scalar-rules.ts";
import type { ValueRule } from "./value-rule.ts";

/** Rows of the content of documents. */

export const page: ValueRule = row<PageRow>("page", { pageId: id, name, hidden: flag });

export const element: ValueRule = row<ElementRow>("element", {
  elementId: id,
  name,
  type: elementType,
  vizualizationType: visualizationType,
  columns: list(name),
  error: textOr(freeText, errorAnswer),
});

/** The type of a column: its name, or an object with the name. */
export const typeOfColumn: ValueRule = textOr(
  columnType,
  row<ColumnType>("type of a column", { type: columnType }),
);

export const column: ValueRule = row<ColumnRow>("column", {
  columnId,
  name,
  label: name,
  formula,
  type: typeOfColumn,
  elementId: id,
});

export const query: ValueRule = row<QueryRow>("query", {
  elementId: id,
  name,
  sql,
  error: textOr(freeText, errorAnswer),
});

export const schedule: ValueRule = row<MaterializationScheduleRow>("materialization schedule", {
  sheetId: id,
  elementId: id,
  elementName: name,
  schedule: row("schedule", { cronSpec: cron, timezone: timeZone }),
  configuredAt: time,
  paused: flag,
});

export const materialization: ValueRule = row<MaterializationRow>("materialization", {
  materializationId: id,
  status: runStatus,
  startedAt: time,
  readyAt: time,
  expiredAt: time,
  error: freeText,
});
