import type { SigmaClient } from "@dagster-sigma/sigma-client";

/** A workbook or data model whose elements are materialized. */
export interface MaterializeTarget {
  readonly type: "workbook" | "dataModel";
  /** UUID or urlId. */
  readonly id: string;
  /** Name, for messages (default: the id). */
  readonly name?: string | null;
  /** URL in Sigma, for messages and metadata (default: none). */
  readonly url?: string | null;
  /** Version when it was loaded, for metadata (default: none). */
  readonly version?: number | null;
}

/** The resource of a client that a target belongs to. */
export type MaterializeCalls = SigmaClient["workbooks"] | SigmaClient["dataModels"];

export function callsFor(client: SigmaClient, { type }: MaterializeTarget): MaterializeCalls {
  return type === "workbook" ? client.workbooks : client.dataModels;
}

/** For messages: `the workbook "Sales" (https://…)`. */
export function describeTarget({ type, id, name, url }: MaterializeTarget): string {
  const what = type === "workbook" ? "workbook" : "data model";
  return `the ${what} "${name ?? id}"${url == null ? "" : ` (${url})`}`;
}
