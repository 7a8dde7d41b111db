import type { AssetIdentity, ComparedGraph } from "@dagster-sigma/asset-graph/difference";
import type { ColumnIndex } from "@dagster-sigma/asset-graph/graph-index";
import type { GraphModel } from "./graph-model.ts";
import type { PageAsset, PageIdentities } from "./page-graph.ts";

/**
 * A graph of the page, prepared for a comparison.
 *
 * @param identities null if they are not loaded: then an asset is identified by the path of its URL, which stays when it is renamed, or by
 *   its key
 */
export function comparedPage(
  model: GraphModel,
  columns: ColumnIndex,
  identities: PageIdentities | null,
): ComparedGraph {
  return {
    graph: model,
    columns,
    assets: model.assets.map((asset, at) => {
      const [id, organization] = identities?.identities[at] ?? [identityOf(asset), null];
      const identity: AssetIdentity = { id, organization };
      return { identity, version: identities?.versions[at] ?? null, isStub: asset.isStub };
    }),
  };
}

function identityOf({ url, key }: PageAsset): string {
  if (url === null || !URL.canParse(url)) return key;
  const { pathname } = new URL(url);
  return pathname === "/" ? key : pathname;
}
