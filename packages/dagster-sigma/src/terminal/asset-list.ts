import { type AssetNode, type Definitions, resolvePresentation } from "@dagster-sigma/asset-graph";
import { csvText } from "@dagster-sigma/asset-graph/impact";
import { printable } from "@dagster-sigma/foundation";
import { assetName, folderOf, kindName } from "./asset-names.ts";
import { csvLines } from "./csv-lines.ts";
import type { TextOptions } from "./graph-text.ts";
import { padText, textWidth } from "./text-width.ts";

/** The assets of a list: the selected ones, or all that are defined, on request with the stubs of upstream assets. */
export function listedNodes(
  { assetGraph }: Definitions,
  selected: ReadonlySet<string> | null,
  hasStubs: boolean,
): readonly AssetNode[] {
  return [...assetGraph.nodes]
    .filter(([id, { isStub }]) => selected?.has(id) ?? (hasStubs || !isStub))
    .map(([, node]) => node);
}

/** Assets as a list for other programs and for people: keys, a table, or CSV. */
export function formatList(
  nodes: readonly AssetNode[],
  format: "name" | "wide" | "csv",
  options: TextOptions,
): string {
  if (format === "name") return nodes.map(({ spec }) => `${spec.key.toEscapedUserString()}\n`).join("");
  return format === "csv" ? formatCsv(nodes) : formatTable(nodes, options);
}

function formatCsv(nodes: readonly AssetNode[]): string {
  const rows = nodes.map((node) => {
    const { name, kind, folder, url, table } = resolvePresentation(node);
    const { spec, upstream, downstream } = node;
    return [
      spec.key.toEscapedUserString(),
      name,
      kind.id,
      folder.join("/"),
      spec.owners.join(", "),
      table ?? "",
      String(upstream.length),
      String(downstream.length),
      url ?? "",
    ];
  });
  return csvLines(
    csvText([["Key", "Name", "Kind", "Folder", "Owners", "Table", "Reads", "Read by", "URL"], ...rows]),
  );
}

/** Space between two columns of the table. */
const gap = 2;

/** No column is narrower than this where the terminal is too narrow for all. */
const narrowest = 8;

function formatTable(nodes: readonly AssetNode[], { width, colors }: TextOptions): string {
  const heads = ["KEY", "NAME", "KIND", "FOLDER", "OWNERS", "READS", "READ BY"];
  const rows = nodes.map((node) => [
    printable(node.spec.key.toUserString()),
    assetName(node),
    kindName(node),
    folderOf(node),
    printable(node.spec.owners.join(", ")),
    String(node.upstream.length),
    String(node.downstream.length),
  ]);
  const widths = fitWidths(
    heads.map((head, at) => Math.max(textWidth(head), ...rows.map((row) => textWidth(row[at] ?? "")))),
    width,
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => padText(cell, widths[at] ?? 0))
      .join(" ".repeat(gap))
      .trimEnd();
  return [colors.dim(line(heads)), ...rows.map(line)].map((text) => `${text}\n`).join("");
}

/** Takes room from the widest column until all fit. */
function fitWidths(wanted: readonly number[], width: number): readonly number[] {
  const widths = [...wanted];
  const total = (): number => widths.reduce((sum, each) => sum + each, gap * (widths.length - 1));
  while (total() > width) {
    const widest = Math.max(...widths);
    if (widest <= narrowest) break;
    widths[widths.indexOf(widest)] = Math.max(narrowest, widest - (total() - width));
  }
  return widths;
}
