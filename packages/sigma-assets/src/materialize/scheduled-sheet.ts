import type { MaterializationScheduleRow } from "@dagster-sigma/sigma-client";

/** An element with a materialization schedule. Sigma materializes its sheet. */
export interface ScheduledSheet {
  /** Id that a materialization is started with; null if Sigma does not return it, so that none can be started. */
  readonly sheetId: string | null;
  /** Null if Sigma names the element only by its name. */
  readonly elementId: string | null;
  readonly elementName: string | null;
  /** Whether its schedules are all paused. A paused schedule does not prevent a start. */
  readonly isPaused: boolean;
}

/** The scheduled sheets of a document, in Sigma's order; several schedules of one sheet are one. */
export function scheduledSheets(rows: readonly MaterializationScheduleRow[]): readonly ScheduledSheet[] {
  const sheets = new Map<string, ScheduledSheet>();
  for (const row of rows) {
    const { sheetId = null, elementId = null, elementName = null } = row;
    const id = sheetId ?? `${elementId ?? ""}\n${elementName ?? ""}`;
    const other = sheets.get(id);
    sheets.set(id, {
      sheetId,
      elementId: elementId ?? other?.elementId ?? null,
      elementName: elementName ?? other?.elementName ?? null,
      isPaused: row.paused === true && other?.isPaused !== false,
    });
  }
  return [...sheets.values()];
}

/** The name of a sheet for people, else an id. */
export function sheetName({ elementName, elementId, sheetId }: ScheduledSheet): string {
  return elementName ?? elementId ?? sheetId ?? "?";
}
