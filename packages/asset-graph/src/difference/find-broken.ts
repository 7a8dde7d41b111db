import { buildAssetImpact, buildColumnImpact, type ImpactedAsset } from "../impact/build-impact.ts";
import type { PairedGraphs } from "./paired-graphs.ts";

/** An asset that still exists, and used something that was removed. */
export interface BrokenAsset {
  /** Number in the graph now. */
  readonly now: number;
  /** Its columns that were computed from what was removed; empty if it is unknown which. */
  readonly columns: readonly string[];
  /** The elements that contain these columns. */
  readonly elements: readonly string[];
}

/**
 * What the removal of an asset, or of some of its columns, breaks: the assets that used it before and exist now. A column that has
 * got another source since then is repaired, and so is an asset that reads something else instead.
 *
 * @param removed number of the asset in the graph before
 * @param names the removed columns; null for the whole asset
 */
export function findBroken(
  pair: PairedGraphs,
  removed: number,
  names: readonly string[] | null,
): readonly BrokenAsset[] {
  const { graph, columns } = pair.before;
  const impact =
    names === null
      ? buildAssetImpact(graph, columns, removed)
      : buildColumnImpact(
          graph,
          columns,
          ...names.flatMap((name) => columns.find({ asset: removed, name }) ?? []),
        );
  return impact.assets.flatMap((impacted) => {
    const now = pair.nowOf(impacted.asset);
    if (now === null) return [];
    const broken = impacted.columns.filter((name) => !isRepaired(pair, impacted.asset, now, name));
    if (impacted.certainty === "column") {
      if (broken.length === 0) return [];
    } else if (names !== null || !isDirect(impacted) || readsOther(pair, impacted.asset, now)) {
      return [];
    }
    const elements = impacted.elements.filter((element) =>
      broken.some((name) => name.startsWith(`${element}/`)),
    );
    return [{ now, columns: broken, elements }];
  });
}

/** Whether a column is gone, or is computed from something from which it was not computed before. */
function isRepaired(pair: PairedGraphs, before: number, now: number, name: string): boolean {
  if (pair.now.columns.find({ asset: now, name }) === null) return true;
  const old = pair.sourcesBefore(before, name);
  return pair.sourcesNow(now, name).some((source) => !old.includes(source));
}

function isDirect({ hops }: ImpactedAsset): boolean {
  return hops === 1;
}

function readsOther(pair: PairedGraphs, before: number, now: number): boolean {
  const old = pair.depsBefore(before);
  return [...pair.depsNow(now).keys()].some((id) => !old.has(id));
}
