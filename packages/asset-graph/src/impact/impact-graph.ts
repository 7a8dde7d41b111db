import type { GraphIndex } from "../graph-index/graph-index.ts";
import type { AssetKind } from "../presentation/asset-kind.ts";

/** The properties of an asset that an impact report needs. */
export interface ImpactGraphAsset {
  /** `AssetKey.toEscapedUserString()` */
  readonly key: string;
  readonly name: string;
  readonly folder: readonly string[];
  readonly owners: readonly string[];
  readonly url: string | null;
  /** Number of known columns. */
  readonly columns: number;
}

/** The graph on which impact is computed, with assets by number. Implemented for definitions and by the page. */
export interface ImpactGraph {
  readonly index: GraphIndex;
  /** @throws RangeError for a number without an asset */
  asset(number: number): ImpactGraphAsset;
  kindOf(number: number): AssetKind;
}
