// The encoder of the page's outlet; imported by the thread that loads definitions.
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Definitions } from "@dagster-sigma/asset-graph";
import { comparedAsset } from "@dagster-sigma/asset-graph/difference";
import { buildAssetDetails } from "../model/build-asset-details.ts";
import { buildPageGraph } from "../model/build-page-graph.ts";
import { packGraph } from "../model/packed-graph.ts";
import type { PageContent } from "./page-content.ts";
import { printableJson } from "./printable-json.ts";

/** Encodes everything that the page may request. */
export function encode(definitions: Definitions): PageContent {
  const { graph, columns } = buildPageGraph(definitions);
  const nodes = [...definitions.assetGraph.nodes.values()];
  const compared = nodes.map(comparedAsset);
  const details = nodes.map((node) => Buffer.from(printableJson(buildAssetDetails(node))));
  const detailStarts = new Uint32Array(details.length + 1);
  details.forEach((bytes, asset) => {
    detailStarts[asset + 1] = (detailStarts[asset] ?? 0) + bytes.length;
  });
  const allDetails = joined(details);
  const graphText = printableJson(packGraph(graph));
  const columnsText = printableJson(columns);
  const identitiesText = JSON.stringify({
    identities: compared.map(({ identity: { id, organization } }) => [id, organization]),
    versions: compared.map(({ version: known }) => known),
  });
  const version = createHash("sha256")
    .update(graphText)
    .update(columnsText)
    .update(allDetails)
    .digest("hex")
    .slice(0, 16);
  return {
    version,
    assets: graph.assets.length,
    graph: withVersion(version, graphText),
    columns: withVersion(version, columnsText),
    identities: withVersion(version, identitiesText),
    details: allDetails,
    detailStarts,
  };
}

function withVersion(version: string, text: string): Uint8Array<ArrayBuffer> {
  return joined([gzipSync(`{"version":"${version}",${text.slice(1)}`)]);
}

/** Concatenates into a new buffer, which can be transferred to another thread. */
function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
