import { AssetKey, type CoercibleToAssetKey } from "@dagster-sigma/asset-graph";
import { TableIndex } from "./table-index.ts";
import type { UpstreamMatcher } from "./upstream-matcher.ts";

/**
 * Assets written down by hand: `explicitMap({ "analytics.sales.orders": ["marts", "orders"] })`. Names are those of
 * `dagster/table_name`, in any case; database and schema may be left out where that leaves no doubt.
 */
export function explicitMap(keys: Readonly<Record<string, CoercibleToAssetKey>>): UpstreamMatcher {
  const index = new TableIndex(
    Object.entries(keys).map(([name, key]) => [name.split("."), AssetKey.from(key)] as const),
  );
  return {
    name: "explicitMap",
    load: () => ({ name: "explicitMap", match: ({ path }) => index.find(path.join(".").split(".")) }),
  };
}
