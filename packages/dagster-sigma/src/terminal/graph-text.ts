import type { AssetGraph, AssetNode } from "@dagster-sigma/asset-graph";
import { type AssetLane, assetLanes, assetName, folderOf, laneOf, nameInFolder } from "./asset-names.ts";
import { joinToFit, padText, textWidth } from "./fit-text.ts";
import { groupBy } from "./group-by.ts";
import type { Colors } from "./terminal.ts";

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colors: Colors;
}

const titles: Readonly<Record<AssetLane, readonly [one: string, many: string]>> = {
  table: ["warehouse table", "warehouse tables"],
  dataset: ["dataset", "datasets"],
  data_model: ["data model", "data models"],
  workbook: ["workbook", "workbooks"],
  other: ["other asset", "other assets"],
};

/** Widest that the column of names gets. */
const maxNameWidth = 36;

const indent = "    ";

/** `25 warehouse tables → 6 datasets → 8 data models → 36 workbooks` */
export function formatFlow(graph: AssetGraph): string {
  const lanes = groupBy(graph.nodes.values(), laneOf);
  return assetLanes
    .flatMap((lane) => {
      const count = lanes.get(lane)?.length ?? 0;
      return count === 0 ? [] : [`${count} ${titles[lane][count === 1 ? 0 : 1]}`];
    })
    .join(" → ");
}

/**
 * The graph as text that a person reads from top to bottom the way data flows: tables with what they feed, then
 * everything else with what feeds it, folder by folder.
 */
export function formatGraph(graph: AssetGraph, options: TextOptions): string {
  const lanes = groupBy(graph.nodes.values(), laneOf);
  const widths = [...graph.nodes.values()].map((node) => textWidth(nameInFolder(node)));
  const nameWidth = Math.min(maxNameWidth, Math.max(0, ...widths) + 1);
  return assetLanes
    .flatMap((lane) => {
      const nodes = lanes.get(lane);
      return nodes === undefined ? [] : [formatLane(graph, lane, nodes, nameWidth, options)];
    })
    .join("\n");
}

function formatLane(
  graph: AssetGraph,
  lane: AssetLane,
  nodes: readonly AssetNode[],
  nameWidth: number,
  options: TextOptions,
): string {
  const { bold, dim } = options.colors;
  const [, many] = titles[lane];
  const title = `${many.charAt(0).toUpperCase()}${many.slice(1)}`;
  const heading = `${bold(title)} ${dim(lane === "table" ? "and what they feed" : "and what feeds them")}\n`;
  const folders = [...groupBy(nodes, folderOf)].sort(([a], [b]) => compare(a, b));
  const body = folders.map(([folder, members]) => {
    const rows = members.sort((a, b) => compare(nameInFolder(a), nameInFolder(b)));
    const lines = rows.map((node) => formatRow(graph, lane, node, nameWidth, options));
    return `${folder === "" ? "" : `  ${dim(folder)}\n`}${lines.join("")}`;
  });
  return `${heading}${body.join("")}`;
}

function formatRow(
  graph: AssetGraph,
  lane: AssetLane,
  node: AssetNode,
  nameWidth: number,
  { width, colors }: TextOptions,
): string {
  const name = paint(lane, padText(nameInFolder(node), nameWidth), colors);
  const related = lane === "table" ? node.downstream : node.upstream;
  const names = related.map((key) => {
    const other = graph.get(key);
    return other === undefined ? key.toUserString() : assetName(other.spec);
  });
  const arrow = colors.dim(lane === "table" ? "→" : "←");
  const room = width - indent.length - nameWidth - " → ".length;
  return `${indent}${name}${names.length === 0 ? "" : ` ${arrow} ${joinToFit(names, ", ", room)}`}`
    .trimEnd()
    .concat("\n");
}

function paint(lane: AssetLane, text: string, { cyan, yellow, magenta, green }: Colors): string {
  const paints = { table: cyan, dataset: yellow, data_model: magenta, workbook: green, other: String };
  return paints[lane](text);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
