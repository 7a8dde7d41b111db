import { AssetKey, type CoercibleToAssetKey } from "@dagster-sigma/asset-graph";
import { TableIndex } from "./table-index.ts";
import type { UpstreamMatcher } from "./upstream-matcher.ts";

/**
 * Maps tables to asset keys: `explicitMap({ "analytics.sales.orders": ["marts", "orders"] })`. Names have the format
 * of `dagster/table_name` and are case-insensitive; database and schema may be omitted if the name is unambiguous.
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
