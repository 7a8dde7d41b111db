import type { AssetCheckSpec } from "../assets/asset-check-spec.ts";
import type { AssetSpec } from "../assets/asset-spec.ts";
import type { LoadReport } from "../assets/load-report.ts";
import type { AssetGraph } from "../graph/asset-graph.ts";

/** Resources by name. */
export type Resources = Readonly<Record<string, unknown>>;

/** The part of `Definitions` that sensors need. */
export interface DefinedAssets {
  readonly assets: readonly AssetSpec[];
  readonly resources: Resources;
  readonly assetChecks: readonly AssetCheckSpec[];
  /** The assets, and stubs for their undefined dependencies. */
  readonly assetGraph: AssetGraph;
  /** Reports of all loads, each once. Includes loads of a defined resource that returned no assets. */
  readonly loadReports: readonly LoadReport[];
}
