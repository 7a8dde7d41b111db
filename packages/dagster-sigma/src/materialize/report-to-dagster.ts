import { MaterializeResult, metadataToJson } from "@dagster-sigma/asset-graph";
import type { DagsterClient } from "@dagster-sigma/dagster-client";
import { DagsterSigmaError, errorText } from "@dagster-sigma/foundation";
import { type MaterializeDocumentResult, materializationMetadata } from "@dagster-sigma/sigma-assets";
import type { ChosenDocument } from "./choose-documents.ts";

/** Whether Dagster accepted the report of a materialization. */
export interface DagsterReport {
  readonly reported: boolean;
  /** Why it was not accepted; null if it was. */
  readonly problem: { readonly code: string; readonly message: string } | null;
}

/** Reports a document to a running Dagster. Dagster's endpoint has no types for URLs and tables: they become text and JSON. */
export async function reportToDagster(
  client: DagsterClient,
  { spec }: ChosenDocument,
  result: MaterializeDocumentResult,
): Promise<DagsterReport> {
  try {
    await client.reportAssetMaterialization({
      assetKey: spec.key.path,
      metadata: plainMetadata(result),
      dataVersion: result.dataVersion,
    });
    return { reported: true, problem: null };
  } catch (thrown) {
    if (!DagsterSigmaError.isInstance(thrown)) throw thrown;
    return { reported: false, problem: { code: thrown.code, message: errorText(thrown) } };
  }
}

function plainMetadata(result: MaterializeDocumentResult): Readonly<Record<string, unknown>> {
  const { metadata } = new MaterializeResult({ metadata: materializationMetadata(result) });
  return Object.fromEntries(
    Object.entries(metadataToJson(metadata)).map(([label, { value }]) => [label, value]),
  );
}
