/** What a change of an asset or a column affects, with export as CSV and Markdown. Runs in browsers. */
export {
  buildAssetImpact,
  buildColumnImpact,
  type Impact,
  type ImpactedAsset,
  sortImpact,
} from "./build-impact.ts";
export { csvText } from "./csv-text.ts";
export { impactCsv, impactMarkdown } from "./impact-exports.ts";
export type { ImpactGraph, ImpactGraphAsset } from "./impact-graph.ts";
export { impactMessage, ownerAddresses } from "./impact-message.ts";
export { type IndexedDefinitions, indexDefinitions } from "./index-definitions.ts";
export { markdownCell } from "./markdown-cell.ts";
export { mergeImpacts } from "./merge-impacts.ts";
