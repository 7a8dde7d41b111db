import {
  type AssetGraph,
  type AssetKey,
  type AssetNode,
  columnSchemaLabel,
  type Metadata,
  resolvePresentation,
  tableKind,
} from "@dagster-sigma/asset-graph";
import { printable } from "@dagster-sigma/foundation";
import { assetName, folderOf, kindName } from "./asset-names.ts";
import type { TextOptions } from "./graph-text.ts";

/** Describes one asset: its properties, then its upstream and downstream lineage as trees. */
export function formatAsset(graph: AssetGraph, node: AssetNode, options: TextOptions): string {
  const { bold, dim } = options.colors;
  const { spec } = node;
  const { kind, url } = resolvePresentation(node);
  const facts: readonly (readonly [label: string, text: string | null])[] = [
    ["key", printable(spec.key.toEscapedUserString())],
    ["kinds", spec.kinds.join(", ")],
    ["owners", printable(spec.owners.join(", "))],
    ["folder", kind.id === tableKind.id ? null : folderOf(node)],
    ["link", url === null ? null : printable(url)],
    ["description", printable(spec.description ?? "")],
    ["columns", columnNames(spec.metadata)],
    ["runs", spec.execution === null ? null : printable(spec.execution.description)],
    ["note", node.isStub ? "not defined here; a stub for an asset defined elsewhere" : null],
  ];
  const lines = facts
    .filter(([, text]) => text !== null && text !== "")
    .map(([label, text]) => `  ${dim(label.padEnd(12))}${text}\n`);
  const above = formatTree(graph, node.spec.key, (at) => at.upstream, options);
  const below = formatTree(graph, node.spec.key, (at) => at.downstream, options);
  return [
    `${bold(assetName(node))}\n`,
    ...lines,
    `\n${bold("Upstream")}\n`,
    above || `  ${dim("none known")}\n`,
    `\n${bold("Downstream")}\n`,
    below || `  ${dim("none known")}\n`,
  ].join("");
}

function columnNames(metadata: Metadata): string | null {
  const schema = metadata[columnSchemaLabel];
  return schema?.type === "table_schema"
    ? schema.value.columns.map(({ name }) => printable(name)).join(", ")
    : null;
}

/** Expands each asset once; further occurrences only show its name. */
function formatTree(
  graph: AssetGraph,
  root: AssetKey,
  next: (node: AssetNode) => readonly AssetKey[],
  { colors }: TextOptions,
): string {
  const opened = new Set<string>();
  const lines: string[] = [];
  const queue = childrenOf(graph, root, next, "  ");
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
    const { node, indent, isLast } = item;
    const id = node.spec.key.toString();
    const again = opened.has(id) && next(node).length > 0;
    lines.push(
      `${indent}${isLast ? "└─ " : "├─ "}${assetName(node)} ${colors.dim(kindName(node))}${again ? colors.dim(" (see above)") : ""}\n`,
    );
    if (opened.has(id)) continue;
    opened.add(id);
    queue.unshift(...childrenOf(graph, node.spec.key, next, `${indent}${isLast ? "   " : "│  "}`));
  }
  return lines.join("");
}

interface TreeItem {
  readonly node: AssetNode;
  readonly indent: string;
  readonly isLast: boolean;
}

function childrenOf(
  graph: AssetGraph,
  key: AssetKey,
  next: (node: AssetNode) => readonly AssetKey[],
  indent: string,
): TreeItem[] {
  const node = graph.get(key);
  const keys = node === undefined ? [] : next(node);
  return keys.flatMap((child, index) => {
    const childNode = graph.get(child);
    return childNode === undefined ? [] : [{ node: childNode, indent, isLast: index === keys.length - 1 }];
  });
}
