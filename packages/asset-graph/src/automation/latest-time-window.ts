import { AssetGraphError } from "../errors.ts";
import type { ConditionNode } from "./condition-node.ts";

/** @throws AssetGraphError `INVALID_AUTOMATION_CONDITION` if the seconds are not a positive whole number */
export function latestTimeWindowNode(lookbackSeconds: number | null): ConditionNode {
  if (lookbackSeconds !== null && !(Number.isSafeInteger(lookbackSeconds) && lookbackSeconds > 0))
    throw new AssetGraphError(
      "INVALID_AUTOMATION_CONDITION",
      `inLatestTimeWindow cannot look back ${lookbackSeconds} seconds.`,
      "Use a positive whole number of seconds, or omit it for the latest time window only.",
    );
  return { type: "inLatestTimeWindow", lookbackSeconds, label: null };
}
