import type { SigmaClient } from "@dagster-sigma/sigma-client";
import { chooseSheets } from "./choose-sheets.ts";
import { callsFor, type MaterializeTarget } from "./materialize-target.ts";
import { type ScheduledSheet, scheduledSheets } from "./scheduled-sheet.ts";

/** The sheets of a document that would be started. */
export interface MaterializationPlan {
  readonly target: MaterializeTarget;
  readonly sheets: readonly ScheduledSheet[];
}

/**
 * Fetches the current schedules of a document, and chooses the sheets to materialize. Starts nothing.
 *
 * @param options.elements names or ids of elements, or ids of sheets (default: all that have a schedule)
 * @throws SigmaError; MaterializeError `NO_MATERIALIZATION_SCHEDULE`, `ELEMENT_NOT_SCHEDULED`, `ELEMENT_AMBIGUOUS`
 */
export async function planMaterialization(
  client: SigmaClient,
  target: MaterializeTarget,
  options: {
    readonly elements?: readonly string[] | undefined;
    readonly signal?: AbortSignal | undefined;
  } = {},
): Promise<MaterializationPlan> {
  const { elements, signal } = options;
  const calls = callsFor(client, target);
  const rows = await calls
    .materializationSchedules(target.id, signal === undefined ? {} : { signal })
    .toArray();
  return { target, sheets: chooseSheets(target, scheduledSheets(rows), elements) };
}
