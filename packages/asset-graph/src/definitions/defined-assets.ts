import type { AssetCheckSpec } from "../assets/asset-check-spec.ts";
import type { AssetSpec } from "../assets/asset-spec.ts";
import type { LoadReport } from "../assets/load-report.ts";
import type { AssetGraph } from "../graph/asset-graph.ts";

export type Resources = Readonly<Record<string, unknown>>;

/** What definitions say about assets: all of `Definitions` that a sensor needs. */
export interface DefinedAssets {
  readonly assets: readonly AssetSpec[];
  readonly resources: Resources;
  readonly assetChecks: readonly AssetCheckSpec[];
  /** The assets and the stubs of what they depend on. */
  readonly assetGraph: AssetGraph;
  /** The loads that the assets came from, each once; also those that gave no asset, through their resource. */
  readonly loadReports: readonly LoadReport[];
}
