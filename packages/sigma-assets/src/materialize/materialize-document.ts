import type { SigmaClient } from "@dagster-sigma/sigma-client";
import type { MaterializeDocumentResult } from "./document-result.ts";
import { type MaterializeOptions, resolveMaterializeOptions } from "./materialize-options.ts";
import type { MaterializeTarget } from "./materialize-target.ts";
import { planMaterialization } from "./plan-materialization.ts";
import { runMaterializations } from "./run-materializations.ts";

/**
 * Materializes the scheduled elements of a workbook or data model, and waits until each has ended.
 *
 *     const { outcome, sheets } = await materializeDocument(client, { type: "workbook", id });
 *
 * Failures of single sheets are part of the result. A start is never repeated if Sigma may have accepted it, because Sigma
 * neither lists nor cancels materializations.
 *
 * @throws SigmaError if the schedules cannot be fetched; MaterializeError `NO_MATERIALIZATION_SCHEDULE`,
 *   `ELEMENT_NOT_SCHEDULED`, `ELEMENT_AMBIGUOUS`; ConfigurationError `MATERIALIZE_OPTION_INVALID`; the signal's reason if it
 *   is aborted before the first start
 */
export async function materializeDocument(
  client: SigmaClient,
  target: MaterializeTarget,
  options: MaterializeOptions = {},
): Promise<MaterializeDocumentResult> {
  resolveMaterializeOptions(options);
  const plan = await planMaterialization(client, target, options);
  const [result] = await runMaterializations(client, [plan], options);
  if (result === undefined) throw new Error("A plan without a result.");
  return result;
}
