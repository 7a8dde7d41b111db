import {
  type AssetGraph,
  type AssetKind,
  type AssetNode,
  compareKinds,
  otherKind,
  tableKind,
} from "@dagster-sigma/asset-graph";
import { groupBy, printable } from "@dagster-sigma/foundation";
import { folderOf, isUpstream, kindOf, type NameInList, nameInFolder, namesInList } from "./asset-names.ts";
import type { Colors } from "./terminal.ts";
import { joinToFit, padText, textWidth } from "./text-width.ts";

export interface TextOptions {
  /** Width of the terminal, in columns. */
  readonly width: number;
  readonly colors: Colors;
}

/** Names for the kinds that every graph may have; other kinds have their own names. */
const titles: ReadonlyMap<string, readonly [one: string, many: string]> = new Map([
  [tableKind.id, ["warehouse table", "warehouse tables"]],
  [otherKind.id, ["other asset", "other assets"]],
]);

/** Maximum width of the name column. */
const maxNameWidth = 36;

const indent = "    ";

/** Ids of the nodes to print; null for all. */
export type Selected = ReadonlySet<string> | null;

/** `25 warehouse tables → 6 datasets → 8 data models → 36 workbooks` */
export function formatFlow(graph: AssetGraph, selected: Selected = null): string {
  return lanesOf(selectedNodes(graph, selected))
    .map(({ kind, nodes }) => `${nodes.length} ${titleOf(kind, nodes.length)}`)
    .join(" → ");
}

/**
 * Prints the graph from top to bottom in the order of the data flow: tables with their downstream assets, then
 * everything else with its upstream assets, by folder. Upstream assets are listed whether they are selected or not.
 */
export function formatGraph(graph: AssetGraph, options: TextOptions, selected: Selected = null): string {
  const nodes = selectedNodes(graph, selected);
  const widths = nodes.map((node) => textWidth(nameInFolder(node)));
  const layout: Layout = {
    ...options,
    graph,
    nameWidth: Math.min(maxNameWidth, Math.max(0, ...widths) + 1),
    nameInList: namesInList(graph.nodes.values()),
  };
  return lanesOf(nodes)
    .map((lane) => formatLane(lane, layout))
    .join("\n");
}

/** The assets of one kind. */
interface Lane {
  readonly kind: AssetKind;
  readonly nodes: readonly AssetNode[];
}

/** In the order of the data flow. */
function lanesOf(nodes: readonly AssetNode[]): readonly Lane[] {
  return [...groupBy(nodes, (node) => kindOf(node).id).values()]
    .map((members) => ({ kind: kindOf(members[0] as AssetNode), nodes: members }))
    .sort((a, b) => compareKinds(a.kind, b.kind));
}

function titleOf({ id, name, plural }: AssetKind, count: number): string {
  const [one, many] = titles.get(id) ?? [name.toLowerCase(), plural.toLowerCase()];
  return printable(count === 1 ? one : many);
}

function selectedNodes(graph: AssetGraph, selected: Selected): readonly AssetNode[] {
  return [...graph.nodes].filter(([id]) => selected?.has(id) ?? true).map(([, node]) => node);
}

interface Layout extends TextOptions {
  readonly graph: AssetGraph;
  readonly nameWidth: number;
  readonly nameInList: NameInList;
}

function formatLane({ kind, nodes }: Lane, layout: Layout): string {
  const { bold, dim } = layout.colors;
  const many = titleOf(kind, 2);
  const title = `${many.charAt(0).toUpperCase()}${many.slice(1)}`;
  const heading = `${bold(title)} ${dim(isUpstream(kind) ? "and their downstream assets" : "and their upstream assets")}\n`;
  const folders = [...groupBy(nodes, folderOf)].sort(([a], [b]) => compare(a, b));
  const body = folders.map(([folder, members]) => {
    const rows = [...members].sort((a, b) => compare(nameInFolder(a), nameInFolder(b)));
    const names = new Set<string>();
    const repeated = new Set(rows.map(nameInFolder).filter((name) => names.has(name) || !names.add(name)));
    const lines = rows.map((node) => formatRow(kind, node, repeated, layout));
    return `${folder === "" ? "" : `  ${dim(folder)}\n`}${lines.join("")}`;
  });
  return `${heading}${body.join("")}`;
}

/** @param repeated names that several assets of the folder have: their keys tell them apart */
function formatRow(kind: AssetKind, node: AssetNode, repeated: ReadonlySet<string>, layout: Layout): string {
  const { graph, nameWidth, nameInList, width, colors } = layout;
  const own = nameInFolder(node);
  const key = repeated.has(own) ? ` ${colors.dim(printable(node.spec.key.toUserString()))}` : "";
  const name = `${paint(kind, padText(own, nameWidth), colors)}${key}`;
  const isTable = isUpstream(kind);
  const related = isTable ? node.downstream : node.upstream;
  if (related.length === 0) return `${indent}${name.trimEnd()}\n`;
  const names = related.flatMap((key) => graph.get(key) ?? []).map(nameInList);
  const arrow = colors.dim(isTable ? "→" : "←");
  const room =
    width -
    indent.length -
    nameWidth -
    textWidth(key === "" ? "" : ` ${node.spec.key.toUserString()}`) -
    " → ".length;
  return `${indent}${name} ${arrow} ${joinToFit(names, ", ", room)}\n`;
}

function paint({ icon }: AssetKind, text: string, { cyan, yellow, magenta, green }: Colors): string {
  switch (icon) {
    case "table":
      return cyan(text);
    case "dataset":
      return yellow(text);
    case "model":
      return magenta(text);
    case "dashboard":
      return green(text);
    default:
      return text;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
