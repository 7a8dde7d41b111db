import type { Impact, ImpactedAsset } from "./build-impact.ts";
import type { ImpactGraph } from "./impact-graph.ts";

/**
 * A message to one owner, as plain text: which of the owner's assets a change affects, with their elements, columns and addresses.
 *
 * @param owner one of the owners of affected assets; null for a message to all owners
 * @param what the change, for example `NET_AMOUNT of orders`
 */
export function impactMessage(
  graph: ImpactGraph,
  impact: Impact,
  owner: string | null,
  what: string,
): string {
  const own = impact.assets.filter(
    ({ asset }) => owner === null || graph.asset(asset).owners.includes(owner),
  );
  const certain = own.filter(({ certainty }) => certainty === "column");
  const others = own.filter(({ certainty }) => certainty === "asset");
  const yours = owner === null ? "these documents" : "these documents of yours";
  return [
    `Hello,\n\n${what} is about to change.`,
    ...(certain.length === 0 ? [] : [`It affects ${yours}:\n\n${listOf(graph, certain)}`]),
    ...(others.length === 0
      ? []
      : [
          `${certain.length === 0 ? "It" : "It also"} may affect ${yours}, because they read an affected asset; their columns are not known:\n\n${listOf(graph, others)}`,
        ]),
  ]
    .join("\n\n")
    .concat("\n");
}

/** Addresses of all owners of affected assets, for the recipients of a message. Owners that are teams are not addresses. */
export function ownerAddresses({ owners }: Impact): readonly string[] {
  return owners.map(([owner]) => owner).filter((owner) => owner.includes("@"));
}

function listOf(graph: ImpactGraph, assets: readonly ImpactedAsset[]): string {
  return assets
    .map(({ asset, columns }) => {
      const { name, folder, url } = graph.asset(asset);
      const place = folder.length === 0 ? "" : ` (${folder.join(" / ")})`;
      const lines = columns.map((column) => `\n    ${column.replace("/", ": ")}`);
      return `- ${name}${place}${url === null ? "" : `\n  ${url}`}${lines.join("")}`;
    })
    .join("\n");
}
