import type { AssetGraph, AssetNode } from "@dagster-sigma/asset-graph";
import { CommandError } from "./errors.ts";
import { assetName } from "./terminal/asset-names.ts";

/**
 * Looks up an asset by its key first, then by its name in Sigma or its table name if that is unique.
 *
 * @throws CommandError `ASSET_NOT_FOUND`
 */
export function findAsset(graph: AssetGraph, wanted: string): AssetNode {
  const nodes = [...graph.nodes.values()];
  const byKey = nodes.find(({ spec }) =>
    [spec.key.toUserString(), spec.key.toEscapedUserString()].includes(wanted),
  );
  if (byKey !== undefined) return byKey;
  const text = wanted.toLowerCase();
  const byName = nodes.filter((node) => assetName(node).toLowerCase() === text);
  const [only] = byName;
  if (only !== undefined && byName.length === 1) return only;
  const near =
    byName.length > 1
      ? byName
      : nodes.filter((node) =>
          `${assetName(node)}\n${node.spec.key.toUserString()}`.toLowerCase().includes(text),
        );
  const keys = near.slice(0, 8).map(({ spec }) => spec.key.toUserString());
  throw new CommandError(
    "ASSET_NOT_FOUND",
    byName.length > 1 ? `Several assets are named "${wanted}".` : `No asset has the key "${wanted}".`,
    keys.length > 0 ? `Did you mean: ${keys.join(", ")}?` : "`dagster-sigma assets` lists them all.",
  );
}
