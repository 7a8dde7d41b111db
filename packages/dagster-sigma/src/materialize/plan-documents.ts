import { DagsterSigmaError, errorText } from "@dagster-sigma/foundation";
import { type MaterializationPlan, planMaterialization } from "@dagster-sigma/sigma-assets";
import type { ChosenDocument } from "./choose-documents.ts";

/** A document with the sheets that are started. */
export interface PlannedDocument extends ChosenDocument {
  readonly plan: MaterializationPlan;
}

/** A document whose sheets are not started. */
export interface UnplannedDocument extends ChosenDocument {
  /** Whether Sigma has no schedule for the wanted elements, which is normal among selected documents. */
  readonly isUnscheduled: boolean;
  readonly problem: { readonly code: string; readonly message: string };
}

export interface DocumentPlans {
  readonly planned: readonly PlannedDocument[];
  readonly unplanned: readonly UnplannedDocument[];
}

/** Number of documents whose schedules are fetched at the same time; the client limits the requests. */
const batchSize = 16;

/**
 * Fetches the schedules of the documents. Nothing is started.
 *
 * @param options.isStrict whether the first failure is thrown instead of returned
 */
export async function planDocuments(
  documents: readonly ChosenDocument[],
  options: {
    readonly elements: readonly string[] | undefined;
    readonly isStrict: boolean;
    readonly signal: AbortSignal;
  },
): Promise<DocumentPlans> {
  const results: (PlannedDocument | UnplannedDocument)[] = [];
  for (let start = 0; start < documents.length; start += batchSize) {
    const batch = documents.slice(start, start + batchSize);
    results.push(...(await Promise.all(batch.map((document) => planDocument(document, options)))));
  }
  return {
    planned: results.filter((result) => "plan" in result),
    unplanned: results.filter((result) => "problem" in result),
  };
}

async function planDocument(
  document: ChosenDocument,
  options: Parameters<typeof planDocuments>[1],
): Promise<PlannedDocument | UnplannedDocument> {
  const { organization, target } = document;
  const elements = options.elements ?? document.options.elements;
  const { signal } = options;
  try {
    const plan = await organization.withSharedClient((client) =>
      planMaterialization(client, target, { elements, signal }),
    );
    return { ...document, plan };
  } catch (thrown) {
    if (options.isStrict || signal.aborted || !DagsterSigmaError.isInstance(thrown)) throw thrown;
    const { code } = thrown;
    const isUnscheduled = code === "NO_MATERIALIZATION_SCHEDULE" || code === "ELEMENT_NOT_SCHEDULED";
    return { ...document, isUnscheduled, problem: { code, message: errorText(thrown) } };
  }
}
