import type { AssetKey } from "@dagster-sigma/asset-graph";
import type { LoadedUpstream, UpstreamTable } from "../../state/loaded-upstream.ts";

/** Asks the matchers in order; the first one that finds exactly one asset determines the key. */
export function matchUpstream(
  matchers: readonly LoadedUpstream[],
  table: UpstreamTable,
): {
  readonly key: AssetKey | null;
  readonly matchedBy: string | null;
  readonly candidates: readonly AssetKey[];
} {
  let candidates: readonly AssetKey[] = [];
  for (const { name, match } of matchers) {
    const keys = [...new Map(match(table).map((key) => [key.toString(), key])).values()];
    const [only] = keys;
    if (only !== undefined && keys.length === 1) return { key: only, matchedBy: name, candidates: [] };
    if (candidates.length === 0) candidates = keys;
  }
  return { key: null, matchedBy: null, candidates };
}
