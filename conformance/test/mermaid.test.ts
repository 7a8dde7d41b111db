import { AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import {
  buildSampleCompany,
  generateOrganization,
  type Organization,
  startSandbox,
} from "@dagster-sigma/sigma-sandbox";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportedGraph } from "../../packages/dagster-sigma/src/export/graph-edges.ts";
import { formatMermaid } from "../../packages/dagster-sigma/src/export/mermaid.ts";
import { needsChromium, startChromium } from "../../packages/web-ui/test/chromium.ts";
import { mermaidScript, needsMermaid } from "../src/mermaid/mermaid-script.ts";

const script = mermaidScript();
const browser = script === null ? null : await startChromium();

interface Drawn {
  readonly labels: readonly string[];
  readonly edges: number;
}

/** The part of Mermaid's API that the test uses. */
interface Mermaid {
  readonly mermaidAPI: {
    getDiagramFromText(text: string): Promise<{
      readonly db: { getVertices(): ReadonlyMap<string, unknown>; getEdges(): readonly unknown[] };
    }>;
  };
  initialize(options: { readonly startOnLoad: boolean; readonly maxEdges: number }): void;
  render(id: string, text: string): Promise<{ readonly svg: string }>;
}

async function load(organization: Organization): Promise<Definitions> {
  const sandbox = await startSandbox({ organization });
  try {
    return new Definitions({ assets: await loadSigmaAssetSpecs(new SigmaOrganization(sandbox)) });
  } finally {
    await sandbox.close();
  }
}

/** Texts that Mermaid or Markdown would interpret. */
const names = [
  '"]; x -> y; "',
  "\\N %% ]) --> z",
  "#quot; <b> `x` &amp;",
  "1. Sales",
  "- minus",
  "end",
  "a_b *x* **y** ~~s~~",
  "subgraph",
  "http://x.y/z [l](http://x)",
  "fa:fa-car x",
  "o--o",
  "a:::b",
  "---",
  "日本語",
];

describe.skipIf(browser === null)(`Mermaid's own parser ${needsChromium} ${needsMermaid}`, () => {
  let page: Page | undefined;
  beforeAll(async () => {
    page = await browser?.newPage();
  });
  afterAll(() => browser?.close());

  async function draw(definitions: Definitions): Promise<Drawn | undefined> {
    if (page === undefined) return undefined;
    const text = formatMermaid(exportedGraph(definitions, null));
    await page.setContent("");
    await page.addScriptTag({ path: script ?? "" });
    const svg = await page.evaluate(async (source) => {
      const { mermaid } = globalThis as unknown as { readonly mermaid: Mermaid };
      mermaid.initialize({ startOnLoad: false, maxEdges: 10_000 });
      return (await mermaid.render("graph", source)).svg;
    }, text);
    await page.setContent(svg);
    return {
      labels: await page.locator(".node .nodeLabel").allTextContents(),
      edges: await page.locator(".edgePaths path").count(),
    };
  }

  it("draws names that look like syntax as they are, and their dependencies", async () => {
    const assets = names.map(
      (name, at) =>
        new AssetSpec({ key: `k${at}`, deps: at === 0 ? [] : [`k${at - 1}`], presentation: { name } }),
    );
    const drawn = await draw(new Definitions({ assets }));
    expect([...(drawn?.labels ?? [])].sort()).toEqual([...names].sort());
    expect(drawn?.edges).toBe(names.length - 1);
  });

  it("reads all assets and dependencies of twenty generated organizations", async () => {
    await page?.setContent("");
    await page?.addScriptTag({ path: script ?? "" });
    for (let seed = 1; seed <= 20; seed++) {
      const graph = exportedGraph(await load(generateOrganization({ workbooks: 3, seed })), null);
      const read = await page?.evaluate(async (source) => {
        const { mermaid } = globalThis as unknown as { readonly mermaid: Mermaid };
        mermaid.initialize({ startOnLoad: false, maxEdges: 10_000 });
        const { db } = await mermaid.mermaidAPI.getDiagramFromText(source);
        return [db.getVertices().size, db.getEdges().length];
      }, formatMermaid(graph));
      expect(read).toEqual([graph.nodes.length, graph.edges.length]);
    }
  }, 60_000);

  it("draws all assets and dependencies of the sample organization and of a generated one", async () => {
    for (const organization of [
      buildSampleCompany(),
      generateOrganization({ workbooks: 6, seed: "mermaid" }),
    ]) {
      const definitions = await load(organization);
      const { nodes, edges } = exportedGraph(definitions, null);
      const drawn = await draw(definitions);
      expect(drawn?.labels).toHaveLength(nodes.length);
      expect(drawn?.edges).toBe(edges.length);
    }
  }, 60_000);
});
