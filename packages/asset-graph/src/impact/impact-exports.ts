import type { Impact } from "./build-impact.ts";
import { csvText } from "./csv-text.ts";
import type { ImpactGraph } from "./impact-graph.ts";
import { markdownCell } from "./markdown-cell.ts";

const heads = ["Kind", "Name", "Folder", "Owners", "Columns", "Reached by"] as const;

function rowsOf(graph: ImpactGraph, { assets }: Impact): readonly (readonly string[])[] {
  return assets.map(({ asset, columns, certainty, hops, through }) => {
    const { name, folder, owners, url } = graph.asset(asset);
    return [
      graph.kindOf(asset).id,
      name,
      folder.join("/"),
      owners.join(", "),
      columns.join(", "),
      certainty,
      url ?? "",
      String(hops),
      throughText(graph, through),
    ];
  });
}

/** Exports as CSV. */
export function impactCsv(graph: ImpactGraph, impact: Impact): string {
  return csvText([[...heads, "URL", "Steps", "Through"], ...rowsOf(graph, impact)]);
}

/** Exports as a Markdown table for an issue or a message. */
export function impactMarkdown(graph: ImpactGraph, impact: Impact, title: string): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rows = impact.assets.map(({ asset, columns, certainty, through }) => {
    const { name, folder, owners, url } = graph.asset(asset);
    const link = url === null ? markdownCell(name) : `[${markdownCell(name)}](${escapedAddress(url)})`;
    const kind = markdownCell(graph.kindOf(asset).id);
    return [
      ...[
        kind,
        link,
        markdownCell(folder.join("/")),
        markdownCell(owners.join(", ")),
        markdownCell(columns.join(", ")),
        certainty,
      ],
      markdownCell(throughText(graph, through)),
    ];
  });
  const all = [...heads, "Through"];
  const table = [line(all), line(all.map(() => "---")), ...rows.map(line)];
  const tell = impact.owners.map(([owner, count]) => `- ${markdownCell(owner)} (${count})`);
  return [
    `## ${markdownCell(title)}`,
    "",
    ...table,
    ...(tell.length === 0 ? [] : ["", "Owners to notify:", "", ...tell]),
    "",
  ].join("\n");
}

/** Names of the affected assets that an asset reads; empty if it reads the changed one itself. */
function throughText(graph: ImpactGraph, through: readonly number[]): string {
  return through.map((asset) => graph.asset(asset).name).join(", ");
}

/** Percent-encodes characters that would end a Markdown link. */
function escapedAddress(url: string): string {
  return url.replace(/[()<>\s|]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
