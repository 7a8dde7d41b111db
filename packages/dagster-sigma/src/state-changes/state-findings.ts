import { breakText, changeLines } from "@dagster-sigma/asset-graph/difference";
import { printable } from "@dagster-sigma/foundation";
import type { AssetsDiff, DiffedAsset, DiffedBreak } from "@dagster-sigma/sigma-assets";
import type { Finding } from "../findings/finding.ts";
import { counted } from "../terminal/counted.ts";

/** What a finding of the command `diff` means, by rule. */
export const stateChangeMeanings: Readonly<Record<string, string>> = {
  "asset-removed": "An asset that others read was removed from Sigma.",
  "asset-changed": "An asset lost columns that others read.",
};

/** An error for each removed or changed asset that breaks another one. It belongs to no file: it was changed in Sigma. */
export function stateFindings({ removed, changed }: AssetsDiff): readonly Finding[] {
  return [
    ...removed.flatMap((asset) => findingOf("asset-removed", asset, "removed", asset.breaks)),
    ...changed.flatMap((change) =>
      findingOf("asset-changed", change, changeLines(change).join("; "), change.breaks),
    ),
  ];
}

function findingOf(
  rule: string,
  { key, name }: DiffedAsset,
  what: string,
  breaks: readonly DiffedBreak[],
): readonly Finding[] {
  if (breaks.length === 0) return [];
  return [
    {
      level: "error",
      rule,
      title: printable(`${name}: ${what}: ${counted(breaks.length, "asset")} affected`),
      message: breaks.map((broken) => `- ${describeBreak(broken)}`).join("\n"),
      file: null,
      line: null,
      identity: [key],
    },
  ];
}

function describeBreak(broken: DiffedBreak): string {
  const owners = broken.owners.length === 0 ? "no owner" : broken.owners.join(", ");
  return printable(`${breakText(broken)}; ${owners}`);
}
