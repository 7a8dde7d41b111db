import type { MaterializationRow } from "@dagster-sigma/sigma-client";

/** The end of a materialization. */
export type EndedAs = "ready" | "failed" | "expired" | "canceled" | "skipped";

/**
 * The end that a status means; null while the materialization goes on. Sigma documents the status as text: `pending`,
 * `building`, `ready`, `failed`, `expired`, `canceled`, `skipped` are known, in any case. An unknown status means that it
 * goes on.
 */
export function endOf({ status, readyAt }: Pick<MaterializationRow, "status" | "readyAt">): EndedAs | null {
  switch (status.toLowerCase()) {
    case "ready":
      return "ready";
    case "failed":
      return "failed";
    case "expired":
      // A newer materialization replaces one that was ready.
      return readyAt == null ? "expired" : "ready";
    case "canceled":
    case "cancelled":
      return "canceled";
    case "skipped":
      return "skipped";
    default:
      return null;
  }
}
