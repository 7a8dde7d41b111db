import type { Impact, IndexedDefinitions } from "@dagster-sigma/asset-graph/impact";
import { exitCodes } from "../exit-codes.ts";
import { isReadByPeople } from "./impact-of-targets.ts";

export const failOnChoices = ["workbooks", "anything"] as const;

/** What ends the command with exit code 3 if it is affected. `workbooks`: whatever people read. */
export type FailOn = (typeof failOnChoices)[number];

export function exitCodeOf(
  index: IndexedDefinitions,
  { assets }: Impact,
  failOn: FailOn | undefined,
): number {
  const isBroken =
    failOn === "anything"
      ? assets.length > 0
      : failOn === "workbooks" && assets.some((impacted) => isReadByPeople(index, impacted));
  return isBroken ? exitCodes.found : exitCodes.fine;
}
