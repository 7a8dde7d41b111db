import { CodeLocationError } from "../errors.ts";
import { type DagsterVersion, isAtLeast } from "./host-features.ts";

/** The host that evaluates a condition, and the asset that has it, for messages. */
export interface ConditionHost {
  readonly version: DagsterVersion;
  /** The asset's key, for display. */
  readonly asset: string;
}

/** @throws CodeLocationError `AUTOMATION_CONDITION_UNSUPPORTED` if the host is older */
export function requireVersion(
  { version, asset }: ConditionHost,
  since: readonly number[],
  what: string,
): void {
  if (isAtLeast(version, since)) return;
  throw new CodeLocationError(
    "AUTOMATION_CONDITION_UNSUPPORTED",
    `The automation condition of the asset "${asset}" uses ${what}, which Dagster ${formatVersion(version)} does not have.`,
    `It needs Dagster ${formatVersion(since)} or newer: change the condition, or the Dagster version of the code location.`,
  );
}

function formatVersion(version: readonly number[]): string {
  return version.filter(Number.isFinite).join(".");
}
