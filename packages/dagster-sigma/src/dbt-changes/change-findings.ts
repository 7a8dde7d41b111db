import type { ImpactedAsset, IndexedDefinitions } from "@dagster-sigma/asset-graph/impact";
import { printable } from "@dagster-sigma/foundation";
import type { Finding } from "../findings/finding.ts";
import { counted } from "../terminal/counted.ts";
import { describeChange } from "./describe-change.ts";
import type { DbtChange } from "./diff-relations.ts";
import type { ChangeImpact } from "./impact-of-changes.ts";

/** Number of assets that a message names at most. */
const mostNamed = 20;

/**
 * A finding for each change that affects something: an error, or a warning for a change of type.
 *
 * @param projectFolder folder of the dbt project in the repository; empty for the repository itself
 */
export function changeFindings(
  index: IndexedDefinitions,
  changes: readonly ChangeImpact[],
  projectFolder: string,
): readonly Finding[] {
  return changes.flatMap(({ change, impact }): readonly Finding[] => {
    if (impact.assets.length === 0) return [];
    const { relation, newRelation, kind, column, to } = change;
    const place = (newRelation ?? relation).file;
    const named = impact.assets.slice(0, mostNamed).map((asset) => `- ${describeAsset(index, asset)}`);
    const more = impact.assets.length - named.length;
    return [
      {
        level: kind === "type-changed" ? "warning" : "error",
        rule: kind,
        title: printable(`${describeChange(change)}: ${countAffected(index, impact.assets)} affected`),
        message: [...named, ...(more > 0 ? [`- and ${more} more`] : [])].join("\n"),
        file: place === null ? null : pathInRepository(projectFolder, place),
        line: place === null ? null : lineOf(change),
        identity: [relation.uniqueId, column ?? "", to ?? ""],
      },
    ];
  });
}

/** For example `2 workbooks and 1 other asset`. */
export function countAffected({ graph }: IndexedDefinitions, assets: readonly ImpactedAsset[]): string {
  const read = assets.filter(({ asset }) => graph.kindOf(asset).isReadByPeople === true).length;
  const others = assets.length - read;
  return [
    ...(read > 0 ? [counted(read, "workbook")] : []),
    ...(others > 0 ? [counted(others, read > 0 ? "other asset" : "asset")] : []),
  ].join(" and ");
}

/** For example `Orders Overview (workbook, Sales; elements Chart, Table; dana@example.com)`. */
function describeAsset({ graph }: IndexedDefinitions, { asset, elements, certainty }: ImpactedAsset): string {
  const { name, folder, owners, url } = graph.asset(asset);
  const details = [
    [graph.kindOf(asset).name.toLowerCase(), ...(folder.length === 0 ? [] : [folder.join("/")])].join(", "),
    ...(elements.length === 0 ? [] : [`elements ${elements.join(", ")}`]),
    ...(certainty === "column" ? [] : ["perhaps: its columns are not known"]),
    owners.length === 0 ? "no owner" : owners.join(", "),
    ...(url === null ? [] : [url]),
  ];
  return printable(`${name} (${details.join("; ")})`);
}

function pathInRepository(projectFolder: string, file: string): string {
  const folder = projectFolder.replaceAll("\\", "/").replace(/^(\.\/)+|\/+$/g, "");
  const path = file.replaceAll("\\", "/");
  return folder === "" || folder === "." ? path : `${folder}/${path}`;
}

/** The last line of the model that names the column, by its new name first: the final `select` stands last. The first line if none does. */
function lineOf({ relation, newRelation, column, to, kind }: DbtChange): number {
  const lines = ((newRelation ?? relation).rawCode ?? "").split(/\r?\n/);
  const names = [
    ...(kind === "column-renamed" && to !== null ? [to] : []),
    ...(column === null ? [] : [column]),
  ];
  for (const name of names) {
    const word = new RegExp(`(?<![\\w$])${name.replace(/[^\w]/g, "\\$&")}(?![\\w$])`, "i");
    const found = lines.findLastIndex((line) => word.test(line));
    if (found >= 0) return found + 1;
  }
  return 1;
}
