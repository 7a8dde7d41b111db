import type { Impact, ImpactedAsset, IndexedDefinitions } from "@dagster-sigma/asset-graph/impact";
import { groupBy, printable } from "@dagster-sigma/foundation";
import { counted } from "../terminal/counted.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { joinToFit } from "../terminal/text-width.ts";
import type { ImpactTarget } from "./find-target.ts";

/** How the impact is printed. */
export interface ImpactTextOptions {
  readonly by: "owner" | "folder" | "nothing";
  readonly terminal: Pick<Terminal, "width" | "colors">;
}

/** What a change affects: the number, then the assets with their elements and columns, by group. */
export function formatImpact(
  index: IndexedDefinitions,
  targets: readonly ImpactTarget[],
  impact: Impact,
  options: ImpactTextOptions,
): string {
  const { bold, dim } = options.terminal.colors;
  const what = printable(targets.map((target) => target.what).join(", "));
  return [
    `${bold(what)}\n`,
    `${dim(summaryOf(index, targets, impact))}\n`,
    formatAffected(index, impact, options),
  ].join("");
}

/** The affected assets with their elements and columns, by group. */
export function formatAffected(
  index: IndexedDefinitions,
  impact: Impact,
  { by, terminal }: ImpactTextOptions,
): string {
  const { bold, dim } = terminal.colors;
  const groups = [...groupBy(rowsOf(index, impact, by), ([name]) => name)];
  return groups
    .flatMap(([name, rows]) => [
      ...(by === "nothing" ? ["\n"] : [`\n${bold(printable(name))} ${dim(`(${rows.length})`)}\n`]),
      ...rows.map(([, row]) => formatRow(index, row, terminal)),
    ])
    .join("");
}

function summaryOf(index: IndexedDefinitions, targets: readonly ImpactTarget[], impact: Impact): string {
  const { assets, owners, unaffected } = impact;
  if (assets.length === 0)
    return unaffected.length === 0
      ? "Nothing reads it."
      : `${counted(unaffected.length, "asset")} downstream, and none of them uses it.`;
  const certain = assets.filter(({ certainty }) => certainty === "column").length;
  const read = assets.filter(({ asset }) => index.graph.kindOf(asset).isReadByPeople === true).length;
  const isColumn = targets.every(({ column }) => column !== null);
  return [
    `${counted(assets.length, "asset")} affected`,
    ...(read > 0 ? [`${counted(read, "workbook")} among them`] : []),
    ...(isColumn && certain < assets.length
      ? [`${assets.length - certain} of them perhaps, because their columns are not loaded`]
      : []),
    counted(owners.length, "owner"),
    ...(unaffected.length > 0 ? [`${counted(unaffected.length, "asset")} downstream not affected`] : []),
  ].join(" · ");
}

function rowsOf(
  { graph }: IndexedDefinitions,
  { assets, owners }: Impact,
  by: ImpactTextOptions["by"],
): readonly (readonly [group: string, row: ImpactedAsset])[] {
  if (by === "nothing") return assets.map((row) => ["", row] as const);
  if (by === "folder")
    return assets.map((row) => [graph.asset(row.asset).folder.join("/") || "No folder", row] as const);
  const ofOwner = (owner: string): readonly (readonly [string, ImpactedAsset])[] =>
    assets
      .filter(({ asset }) => graph.asset(asset).owners.includes(owner))
      .map((row) => [owner, row] as const);
  const unowned = assets.filter(({ asset }) => graph.asset(asset).owners.length === 0);
  return [
    ...owners.flatMap(([owner]) => ofOwner(owner)),
    ...unowned.map((row) => ["No owner", row] as const),
  ];
}

function formatRow(
  { graph }: IndexedDefinitions,
  row: ImpactedAsset,
  terminal: ImpactTextOptions["terminal"],
): string {
  const { dim } = terminal.colors;
  const { name, folder, url } = graph.asset(row.asset);
  const through = row.through.map((asset) => graph.asset(asset).name);
  const reached = through.length === 0 ? "directly" : `through ${through.join(", ")}`;
  const place = folder.length === 0 ? "" : `in ${folder.join("/")} · `;
  const columns = row.columns.map((column) => column.replace("/", ": "));
  const room = terminal.width - "      ".length;
  return [
    `  ${printable(name)} ${dim(printable(`(${graph.kindOf(row.asset).name.toLowerCase()}, ${place}${reached})`))}\n`,
    ...(columns.length === 0 ? [] : [`      ${joinToFit(columns.map(printable), ", ", room)}\n`]),
    ...(url === null ? [] : [`      ${dim(printable(url))}\n`]),
  ].join("");
}
