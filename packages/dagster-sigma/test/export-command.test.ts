import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import { buildSampleCompany, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatDot } from "../src/export/dot.ts";
import { formatEdgesCsv } from "../src/export/edges-csv.ts";
import { exportedGraph } from "../src/export/graph-edges.ts";
import { formatMermaid } from "../src/export/mermaid.ts";
import { runHere } from "./recording-terminal.ts";
import { variablesOf } from "./sandbox-environment.ts";

interface GraphvizJson {
  readonly objects: readonly { readonly _gvid: number; readonly name: string; readonly label: string }[];
  readonly edges: readonly { readonly tail: number; readonly head: number }[];
}

const hostile = new Definitions({
  assets: [
    new AssetSpec({ key: ['a"b', "c\\d"], deps: ["t u"], presentation: { name: '"]; x -> y; "' } }),
    new AssetSpec({ key: "e/f", deps: [['a"b', "c\\d"]], presentation: { name: "\\N \\G %% ]) --> z" } }),
    new AssetSpec({ key: "日本 語", presentation: { name: "#quot; <b> `x` \u202e" } }),
  ],
});

describe("exports of hostile names", () => {
  it("are read by the real Graphviz, with the same nodes and dependencies", async () => {
    const graph = exportedGraph(hostile, null);
    const graphviz = await Graphviz.load();
    const read = JSON.parse(graphviz.layout(formatDot(graph), "json", "dot")) as GraphvizJson;
    expect(read.objects).toHaveLength(4);
    expect(read.edges).toHaveLength(2);
    expect(read.objects.map(({ name }) => name)).toContain("日本 語");
  });

  it("have one line per node and dependency in Mermaid, and no sign that ends a text", () => {
    const lines = formatMermaid(exportedGraph(hostile, null)).trimEnd().split("\n");
    expect(lines).toHaveLength(1 + 4 + 2);
    for (const line of lines.slice(1, 5)) {
      expect(line).toMatch(/^ {2}n\d+[[({]+"[^"]*"[\])}]+$/);
      expect(line).toMatch(/^[^<>`\\]*$/);
    }
    for (const line of lines.slice(5)) expect(line).toMatch(/^ {2}n\d+ --> n\d+$/);
  });

  it("have one row per dependency in CSV", () => {
    expect(formatEdgesCsv(exportedGraph(hostile, null)).split("\r\n")).toHaveLength(4);
  });
});

describe("dagster-sigma export", () => {
  let sandbox: Sandbox;
  let env: Readonly<Record<string, string>> = {};
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-export-"));
  beforeAll(async () => {
    sandbox = await startSandbox({ organization: buildSampleCompany() });
    env = { ...variablesOf(sandbox), DAGSTER_SIGMA_STATE_DIR: join(folder, "state") };
  });
  afterAll(() => sandbox.close());

  it("writes the same graph in each format, and nothing else on stdout", async () => {
    const exported = async (...args: readonly string[]): Promise<string> => {
      const { code, out } = await runHere(["export", ...args, "--quiet"], { env });
      expect(code).toBe(0);
      return out;
    };
    const csv = (await exported("csv")).trimEnd().split("\r\n");
    const nodes = (await exported("csv", "--nodes")).trimEnd().split("\r\n");
    const [assets, edges] = [nodes.length - 1, csv.length - 1];
    const json = JSON.parse(await exported("json")) as {
      readonly assets: readonly { readonly deps: readonly unknown[] }[];
    };
    const dependencies = json.assets.reduce((sum, { deps }) => sum + deps.length, 0);
    expect([assets, edges]).toEqual([json.assets.length, dependencies]);
    expect(assets).toBe(76);
    expect((await exported("mermaid")).trimEnd().split("\n")).toHaveLength(1 + assets + edges);
    const graphviz = await Graphviz.load();
    const dot = JSON.parse(graphviz.layout(await exported("dot"), "json", "dot")) as GraphvizJson;
    expect([dot.objects.length, dot.edges.length]).toEqual([assets, edges]);
    const events = (await exported("openlineage")).trimEnd().split("\n");
    expect(events).toHaveLength(51);
    expect(await exported("openlineage")).toBe(`${events.join("\n")}\n`);
  }, 40_000);

  it("exports a selection into a file", async () => {
    const file = join(folder, "graph.mmd");
    const { code, out } = await runHere(
      ["export", "mermaid", "--select", '+key:"Revenue_Overview"', "-o", file],
      { env },
    );
    expect([code, out]).toEqual([0, ""]);
    expect(readFileSync(file, "utf8").trimEnd().split("\n")).toHaveLength(1 + 5 + 4);
  });

  it("writes exposures without a manifest for every document, says so, and merges with the file that is there", async () => {
    const file = join(folder, "exposures.yml");
    writeFileSync(
      file,
      "version: 2\nexposures:\n  - name: mine # keep\n    type: dashboard\n    owner: {name: me}\n",
    );
    const args = ["export", "dbt-exposures", "-o", file];
    const { code, err } = await runHere(args, { env });
    expect(code).toBe(0);
    expect(err).toContain("51 exposures.");
    expect(err).toContain("depends_on is empty");
    const text = readFileSync(file, "utf8");
    expect(text).toContain("- name: mine # keep");
    expect(text.match(/^ {2}- name: sigma_/gm)).toHaveLength(51);
    expect(text).not.toContain(sandbox.clientSecret);
    await runHere(args, { env });
    expect(readFileSync(file, "utf8")).toBe(text);
  });
});
