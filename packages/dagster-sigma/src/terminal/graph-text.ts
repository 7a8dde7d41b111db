import type { AssetGraph, AssetNode } from "@dagster-sigma/asset-graph";
import {
  type AssetLane,
  assetLanes,
  folderOf,
  laneOf,
  type NameInList,
  nameInFolder,
  namesInList,
} from "./asset-names.ts";
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

/** Ids of the nodes that are told of; null for all. */
export type Selected = ReadonlySet<string> | null;

/** `25 warehouse tables → 6 datasets → 8 data models → 36 workbooks` */
export function formatFlow(graph: AssetGraph, selected: Selected = null): string {
  const lanes = groupBy(selectedNodes(graph, selected), laneOf);
  return assetLanes
    .flatMap((lane) => {
      const count = lanes.get(lane)?.length ?? 0;
      return count === 0 ? [] : [`${count} ${titles[lane][count === 1 ? 0 : 1]}`];
    })
    .join(" → ");
}

/**
 * The graph as text that a person reads from top to bottom the way data flows: tables with what they feed, then
 * everything else with what feeds it, folder by folder. What feeds a node is told whether it is selected or not.
 */
export function formatGraph(graph: AssetGraph, options: TextOptions, selected: Selected = null): string {
  const nodes = selectedNodes(graph, selected);
  const lanes = groupBy(nodes, laneOf);
  const widths = nodes.map((node) => textWidth(nameInFolder(node)));
  const layout: Layout = {
    ...options,
    graph,
    nameWidth: Math.min(maxNameWidth, Math.max(0, ...widths) + 1),
    nameInList: namesInList(graph.nodes.values()),
  };
  return assetLanes
    .flatMap((lane) => {
      const members = lanes.get(lane);
      return members === undefined ? [] : [formatLane(lane, members, layout)];
    })
    .join("\n");
}

function selectedNodes(graph: AssetGraph, selected: Selected): readonly AssetNode[] {
  return [...graph.nodes].filter(([id]) => selected?.has(id) ?? true).map(([, node]) => node);
}

interface Layout extends TextOptions {
  readonly graph: AssetGraph;
  readonly nameWidth: number;
  readonly nameInList: NameInList;
}

function formatLane(lane: AssetLane, nodes: readonly AssetNode[], layout: Layout): string {
  const { bold, dim } = layout.colors;
  const [, many] = titles[lane];
  const title = `${many.charAt(0).toUpperCase()}${many.slice(1)}`;
  const heading = `${bold(title)} ${dim(lane === "table" ? "and what they feed" : "and what feeds them")}\n`;
  const folders = [...groupBy(nodes, folderOf)].sort(([a], [b]) => compare(a, b));
  const body = folders.map(([folder, members]) => {
    const rows = members.sort((a, b) => compare(nameInFolder(a), nameInFolder(b)));
    const lines = rows.map((node) => formatRow(lane, node, layout));
    return `${folder === "" ? "" : `  ${dim(folder)}\n`}${lines.join("")}`;
  });
  return `${heading}${body.join("")}`;
}

function formatRow(lane: AssetLane, node: AssetNode, layout: Layout): string {
  const { graph, nameWidth, nameInList, width, colors } = layout;
  const name = paint(lane, padText(nameInFolder(node), nameWidth), colors);
  const related = lane === "table" ? node.downstream : node.upstream;
  if (related.length === 0) return `${indent}${name.trimEnd()}\n`;
  const names = related.flatMap((key) => graph.get(key) ?? []).map(nameInList);
  const arrow = colors.dim(lane === "table" ? "→" : "←");
  const room = width - indent.length - nameWidth - " → ".length;
  return `${indent}${name} ${arrow} ${joinToFit(names, ", ", room)}\n`;
}

function paint(lane: AssetLane, text: string, { cyan, yellow, magenta, green }: Colors): string {
  const paints = { table: cyan, dataset: yellow, data_model: magenta, workbook: green, other: String };
  return paints[lane](text);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
