import type { Impact } from "./build-impact.ts";
import type { GraphModel } from "./graph-model.ts";

const heads = ["Kind", "Name", "Folder", "Owners", "Columns", "Reached by", "URL"] as const;

function rowsOf(model: GraphModel, { assets }: Impact): readonly (readonly string[])[] {
  return assets.map(({ asset, columns, certainty }) => {
    const { kind, name, folder, owners, url } = model.asset(asset);
    return [kind, name, folder.join("/"), owners.join(", "), columns.join(", "), certainty, url ?? ""];
  });
}

/** As RFC 4180 has it. What a spreadsheet would take for a formula begins with an apostrophe. */
export function impactCsv(model: GraphModel, impact: Impact): string {
  const cell = (text: string): string => {
    const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
  };
  return [heads, ...rowsOf(model, impact)].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** A table for an issue or a message. */
export function impactMarkdown(model: GraphModel, impact: Impact, title: string): string {
  const cell = (text: string): string =>
    text.replace(/[\\|`*_{}[\]<>]/g, "\\$&").replace(/\s*[\r\n]+\s*/g, " ");
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rows = impact.assets.map(({ asset, columns, certainty }) => {
    const { kind, name, folder, owners, url } = model.asset(asset);
    const link = url === null ? cell(name) : `[${cell(name)}](${escapedAddress(url)})`;
    return [kind, link, cell(folder.join("/")), cell(owners.join(", ")), cell(columns.join(", ")), certainty];
  });
  const table = [line(heads.slice(0, -1)), line(heads.slice(0, -1).map(() => "---")), ...rows.map(line)];
  const tell = impact.owners.map(([owner, count]) => `- ${cell(owner)} (${count})`);
  return [
    `## ${cell(title)}`,
    "",
    ...table,
    ...(tell.length === 0 ? [] : ["", "Whom to tell:", "", ...tell]),
    "",
  ].join("\n");
}

/** What would end the address in Markdown, as bytes in percent. */
function escapedAddress(url: string): string {
  return url.replace(/[()<>\s|]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
