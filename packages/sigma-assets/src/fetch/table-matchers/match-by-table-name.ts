import { type AssetSpec, tableNameLabel } from "@dagster-sigma/asset-graph";
import { TableIndex } from "./table-index.ts";
import type { UpstreamMatcher } from "./upstream-matcher.ts";

/** Matches tables with assets of your own definitions, by their metadata `dagster/table_name`. */
export function tableName(assets: Iterable<AssetSpec>): UpstreamMatcher {
  const index = new TableIndex(
    [...assets].flatMap(({ key, metadata }) => {
      const name = metadata[tableNameLabel];
      return name?.type === "text" ? [[name.value.split("."), key] as const] : [];
    }),
  );
  return {
    name: "tableName",
    load: () => ({ name: "tableName", match: ({ path }) => index.find(path.join(".").split(".")) }),
  };
}
