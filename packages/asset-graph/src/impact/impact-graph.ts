import type { GraphIndex } from "../graph-index/graph-index.ts";
import type { AssetKind } from "../presentation/asset-kind.ts";

/** An asset, as far as an impact tells of it. */
export interface ImpactGraphAsset {
  /** `AssetKey.toEscapedUserString()` */
  readonly key: string;
  readonly name: string;
  readonly folder: readonly string[];
  readonly owners: readonly string[];
  readonly url: string | null;
  /** How many of its columns are known. */
  readonly columns: number;
}

/** What impact is computed on: assets by number. Definitions have one, and so has the page. */
export interface ImpactGraph {
  readonly index: GraphIndex;
  /** @throws RangeError for a number of no asset */
  asset(number: number): ImpactGraphAsset;
  kindOf(number: number): AssetKind;
}
