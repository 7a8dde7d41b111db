import {
  type AssetGraph,
  AssetKey,
  type AssetNode,
  buildAssetsJson,
  type Definitions,
} from "@dagster-sigma/asset-graph";
import { Command } from "commander";
import { findAsset } from "../choose/find-asset.ts";
import { loadDefinitions } from "../definitions/load-definitions.ts";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, addRefreshOption, type LoadOptions } from "../options/load-options.ts";
import { assetName } from "../terminal/asset-names.ts";
import { formatAsset } from "../terminal/asset-text.ts";
import { formatWhy } from "../terminal/provenance-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface ShowOptions extends LoadOptions, GlobalOptions {
  readonly snapshot?: string;
  readonly why?: boolean;
}

/** `dagster-sigma show KEY`: prints one asset with its upstream and downstream lineage. */
export function showCommand(terminal: Terminal): Command {
  return addRefreshOption(addLoadOptions(new Command("show")))
    .description("Show one asset with its upstream and downstream lineage.")
    .argument("<key>", "asset key, for example Revenue_Overview or db/schema/table, or name in Sigma")
    .option("--snapshot <file>", "load from this snapshot file instead of Sigma")
    .option("--why", "also print how each dependency is known (JSON output always contains it)")
    .action(async (wanted: string, _options: ShowOptions, command: Command) => {
      const options = command.optsWithGlobals<ShowOptions>();
      const definitions = await loadDefinitions(terminal, options);
      const graph = definitions.assetGraph;
      const node = findAsset(graph, wanted);
      terminal.out(
        options.json === true
          ? formatJson(assetJson(definitions, node))
          : `${formatAsset(graph, node, terminal)}${options.why === true ? why(graph, node, terminal) : ""}`,
      );
    });
}

function why(graph: AssetGraph, node: AssetNode, terminal: Terminal): string {
  const nameOf = (id: string): string => {
    const upstream = graph.nodes.get(id);
    return upstream === undefined ? id : assetName(upstream);
  };
  return formatWhy(node, nameOf, terminal);
}

function assetJson(definitions: Definitions, node: AssetNode): object {
  const graph = definitions.assetGraph;
  const { key } = node.spec;
  const { assets } = buildAssetsJson(definitions, { stubs: true });
  return {
    asset: assets.find(({ key: path }) => new AssetKey(path).equals(key)),
    upstream: graph.upstream(key).map(({ path }) => path),
    downstream: graph.downstream(key).map(({ path }) => path),
  };
}
