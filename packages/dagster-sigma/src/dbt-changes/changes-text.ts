import type { IndexedDefinitions } from "@dagster-sigma/asset-graph/impact";
import { printable } from "@dagster-sigma/foundation";
import { formatAffected, type ImpactTextOptions } from "../impact/impact-text.ts";
import { counted } from "../terminal/counted.ts";
import { countAffected } from "./change-findings.ts";
import { describeChange } from "./describe-change.ts";
import type { ChangeImpact } from "./impact-of-changes.ts";

/** Each change that affects something, with the assets that it affects; then the number of the other changes. */
export function formatChanges(
  index: IndexedDefinitions,
  changes: readonly ChangeImpact[],
  options: ImpactTextOptions,
): string {
  const { bold, dim } = options.terminal.colors;
  const affecting = changes.filter(({ impact }) => impact.assets.length > 0);
  return [
    ...affecting.flatMap(({ change, impact }) => [
      `${bold(printable(describeChange(change)))}\n`,
      `${dim(`${countAffected(index, impact.assets)} affected`)}\n`,
      formatAffected(index, impact, options),
      "\n",
    ]),
    summaryOf(affecting.length, changes.length - affecting.length),
  ].join("");
}

function summaryOf(affecting: number, others: number): string {
  if (affecting + others === 0) return "No table or column of dbt changes.\n";
  if (affecting === 0) return `${counted(others, "change")} of dbt; nothing in Sigma is affected.\n`;
  return `${counted(affecting, "change")} ${affecting === 1 ? "affects" : "affect"} Sigma${others === 0 ? "" : `, ${others} more do not`}.\n`;
}
