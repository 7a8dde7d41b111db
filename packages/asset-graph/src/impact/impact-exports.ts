import type { Impact } from "./build-impact.ts";
import type { ImpactGraph } from "./impact-graph.ts";

const heads = ["Kind", "Name", "Folder", "Owners", "Columns", "Reached by", "URL"] as const;

function rowsOf(graph: ImpactGraph, { assets }: Impact): readonly (readonly string[])[] {
  return assets.map(({ asset, columns, certainty }) => {
    const { name, folder, owners, url } = graph.asset(asset);
    return [
      graph.kindOf(asset).id,
      name,
      folder.join("/"),
      owners.join(", "),
      columns.join(", "),
      certainty,
      url ?? "",
    ];
  });
}

/** Exports as CSV (RFC 4180). A cell that a spreadsheet would interpret as a formula gets a leading apostrophe. */
export function impactCsv(graph: ImpactGraph, impact: Impact): string {
  const cell = (text: string): string => {
    const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
  };
  return [heads, ...rowsOf(graph, impact)].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Exports as a Markdown table for an issue or a message. */
export function impactMarkdown(graph: ImpactGraph, impact: Impact, title: string): string {
  const cell = (text: string): string =>
    text.replace(/[\\|`*_{}[\]<>]/g, "\\$&").replace(/\s*[\r\n]+\s*/g, " ");
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rows = impact.assets.map(({ asset, columns, certainty }) => {
    const { name, folder, owners, url } = graph.asset(asset);
    const link = url === null ? cell(name) : `[${cell(name)}](${escapedAddress(url)})`;
    const kind = cell(graph.kindOf(asset).id);
    return [kind, link, cell(folder.join("/")), cell(owners.join(", ")), cell(columns.join(", ")), certainty];
  });
  const table = [line(heads.slice(0, -1)), line(heads.slice(0, -1).map(() => "---")), ...rows.map(line)];
  const tell = impact.owners.map(([owner, count]) => `- ${cell(owner)} (${count})`);
  return [
    `## ${cell(title)}`,
    "",
    ...table,
    ...(tell.length === 0 ? [] : ["", "Owners to notify:", "", ...tell]),
    "",
  ].join("\n");
}

/** Percent-encodes characters that would end a Markdown link. */
function escapedAddress(url: string): string {
  return url.replace(/[()<>\s|]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
