import { AssetKey, AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { formatAsset } from "../src/terminal/asset-text.ts";
import { formatReport } from "../src/terminal/report-text.ts";

const escapeCode = String.fromCharCode(27);
const names = [
  "tab\tand\r\nline break",
  `${escapeCode}[2J${escapeCode}]0;title${String.fromCharCode(7)}`,
  "right\u202eto left",
  "zero\u200bwidth",
  "\u0085next line\u2028separator",
  "lone\ud800surrogate, \u2066isolated\u2069",
];

describe("names with control characters", () => {
  const definitions = new Definitions({
    assets: names.map(
      (name, index) =>
        new AssetSpec({
          key: new AssetKey([`asset_${index}`]),
          description: name,
          kinds: ["workbook"],
          presentation: {
            name,
            folder: [`Folder ${name}`],
            kind: { id: "constructor", name: `Kind ${name}`, plural: `Kinds ${name}`, rank: 1 },
          },
        }),
    ),
  });
  const options = { width: 80, colors: picocolors.createColors(false) };

  it("are printed on one line without control characters", () => {
    const report = formatReport(definitions, options);
    expect(report).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\u2028]/u);
    expect(report.match(/⇥and␍␊line break/g)).toHaveLength(4);
    const graph = definitions.assetGraph;
    for (const node of graph.nodes.values()) {
      const text = formatAsset(graph, node, options);
      expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\u2028]/u);
      expect(text.split("\n")).toHaveLength(12);
    }
  });

  it("keep the joiners of combined emoji", () => {
    const family = "👩‍👧 Team";
    const [spec] = [new AssetSpec({ key: ["x"], presentation: { name: family } })];
    expect(formatReport(new Definitions({ assets: [spec] }), options)).toContain(family);
  });
});
