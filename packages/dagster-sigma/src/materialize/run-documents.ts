import { groupBy, type LogFormat } from "@dagster-sigma/foundation";
import {
  type MaterializeDocumentResult,
  type RunMaterializationsOptions,
  runMaterializations,
  type SigmaOrganization,
} from "@dagster-sigma/sigma-assets";
import { SheetsProgress } from "../terminal/sheets-progress.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { PlannedDocument } from "./plan-documents.ts";

interface RunDocumentsOptions {
  /** Time limit for everything, in ms; null or omitted for one hour per element. */
  readonly timeout?: number;
  readonly concurrency: number;
  readonly wait: boolean;
  readonly logFormat?: LogFormat;
}

/** Materializes documents, and shows the progress. Each organization has its own client and limit. */
export async function runDocuments(
  terminal: Terminal,
  planned: readonly PlannedDocument[],
  options: RunDocumentsOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<PlannedDocument, MaterializeDocumentResult>> {
  const total = planned.reduce((sum, { plan }) => sum + plan.sheets.length, 0);
  const progress = new SheetsProgress(terminal, total, options);
  const { timeout, concurrency, wait } = options;
  const run: RunMaterializationsOptions = {
    concurrency,
    wait,
    signal,
    onProgress: (step) => progress.update(step),
    // One limit for everything, which is also that of each element.
    ...(timeout === undefined ? {} : { timeoutMs: timeout, sheetTimeoutMs: timeout }),
  };
  const groups = groupBy(planned, ({ organization }) => organization);
  try {
    const results = await Promise.all(
      [...groups].map(([organization, group]) => runGroup(organization, group, run)),
    );
    return new Map(results.flat());
  } finally {
    progress.close();
  }
}

async function runGroup(
  organization: SigmaOrganization,
  group: readonly PlannedDocument[],
  options: RunMaterializationsOptions,
): Promise<readonly (readonly [PlannedDocument, MaterializeDocumentResult])[]> {
  const plans = group.map(({ plan }) => plan);
  const results = await organization.withSharedClient((client) =>
    runMaterializations(client, plans, options),
  );
  return group.flatMap((document, index) => {
    const result = results[index];
    return result === undefined ? [] : [[document, result] as const];
  });
}
