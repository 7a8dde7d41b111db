/** The difference between two graphs, and what it breaks. Runs in browsers. */
export type { AssetIdentity } from "./asset-identities.ts";
export { breakText, changeLines } from "./change-lines.ts";
export { type ComparedAsset, type ComparedGraph, comparedAsset, comparedGraph } from "./compared-graph.ts";
export {
  type AssetChange,
  type AssetsDiff,
  type DiffedAsset,
  type DiffedBreak,
  describeDiff,
} from "./describe-diff.ts";
export { diffCsv, diffMarkdown } from "./diff-exports.ts";
export { type ChangedAsset, diffGraphs, type GraphDiff, type RemovedAsset } from "./diff-graphs.ts";
export type { BrokenAsset } from "./find-broken.ts";
