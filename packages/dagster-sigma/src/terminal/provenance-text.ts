import type { AssetNode, Provenance, ProvenanceBasis, ProvenanceCount } from "@dagster-sigma/asset-graph";
import { columnLineageLabel, countProvenances } from "@dagster-sigma/asset-graph";
import { printable } from "@dagster-sigma/foundation";
import type { TextOptions } from "./graph-text.ts";

const basisTexts: Readonly<Record<ProvenanceBasis, string>> = {
  reported: "reported by Sigma",
  formula: "read from formulas",
  sql: "read from SQL",
  name: "concluded from names",
};

/** For example `reported by Sigma (GET /v2/workbooks/{workbookId}/lineage)`. */
function provenanceText({ basis, route }: Provenance): string {
  return `${basisTexts[basis]} (${route})`;
}

/** The number of dependencies by the way in which they are known; empty without any. */
export function formatProvenanceCounts(counts: readonly ProvenanceCount[], { colors }: TextOptions): string {
  const titles = { dependency: "Dependencies", columnDependency: "Column dependencies" } as const;
  return (Object.keys(titles) as (keyof typeof titles)[])
    .map((what) => {
      const rows = counts.filter((each) => each.what === what);
      const width = Math.max(...rows.map(({ count }) => String(count).length), 0);
      const lines = rows.map((row) => `  ${String(row.count).padStart(width)}  ${provenanceText(row)}\n`);
      return rows.length === 0 ? "" : `${colors.dim(titles[what])}\n${lines.join("")}`;
    })
    .join("");
}

/** How each direct dependency of an asset is known, and the number of its column dependencies by the same. */
export function formatWhy(node: AssetNode, nameOf: (id: string) => string, options: TextOptions): string {
  const { bold, dim } = options.colors;
  const lines = node.spec.deps.flatMap(({ assetKey, provenances }) => {
    const told = provenances.length === 0 ? ["written by hand"] : provenances.map(provenanceText);
    return [`  ${printable(nameOf(assetKey.toString()))}\n`, ...told.map((text) => `    ${dim(text)}\n`)];
  });
  const hasColumns = node.spec.metadata[columnLineageLabel] !== undefined;
  const columns = hasColumns
    ? countProvenances({ assets: [node.spec] }).filter(({ what }) => what === "columnDependency")
    : [];
  return [
    `\n${bold("Why")}\n`,
    ...(lines.length === 0 ? [`  ${dim("no dependency is known")}\n`] : lines),
    formatProvenanceCounts(columns, options).replaceAll(/^(?=.)/gm, "  "),
  ].join("");
}
