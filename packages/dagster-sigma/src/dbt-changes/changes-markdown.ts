import { type IndexedDefinitions, impactMarkdown } from "@dagster-sigma/asset-graph/impact";
import { countAffected } from "./change-findings.ts";
import { describeChange } from "./describe-change.ts";
import type { ChangeImpact } from "./impact-of-changes.ts";

/** A comment that starts with this line is the one to update. */
const commentMarker = "<!-- dagster-sigma impact -->";
/** GitHub rejects comments of more than 65,536 characters. */
const mostCharacters = 60_000;

/** One comment for the pull request: a section for each change that affects something. */
export function changesMarkdown(index: IndexedDefinitions, changes: readonly ChangeImpact[]): string {
  const affecting = changes.filter(({ impact }) => impact.assets.length > 0);
  if (affecting.length === 0)
    return `${commentMarker}\n## Impact on Sigma\n\nNo workbook, data model or dataset of Sigma is affected.\n`;
  const all = new Map(affecting.flatMap(({ impact }) => impact.assets.map((each) => [each.asset, each])));
  const head = `${commentMarker}\n## Impact on Sigma\n\n${affecting.length} of ${changes.length} changes affect ${countAffected(index, [...all.values()])}.\n`;
  const sections = affecting.map(({ change, impact }) =>
    impactMarkdown(index.graph, impact, describeChange(change)).replace(/^## /, "### "),
  );
  let text = head;
  for (const [at, section] of sections.entries()) {
    if (text.length + section.length > mostCharacters)
      return `${text}\n${sections.length - at} more changes do not fit in this comment.\n`;
    text += `\n${section}`;
  }
  return text;
}
