import { mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AssetSpec } from "@dagster-sigma/asset-graph";
import { generateOrganization, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  SigmaOrganization,
  type SigmaTranslatorData,
} from "../src/index.ts";

async function start(): Promise<{
  readonly sandbox: Sandbox;
  readonly stateDir: string;
  readonly graphs: () => readonly string[];
  readonly load: (options?: LoadSigmaAssetSpecsOptions) => Promise<string>;
}> {
  const sandbox = await startSandbox({ organization: generateOrganization({ workbooks: 12, seed: 7 }) });
  onTestFinished(() => sandbox.close());
  const stateDir = mkdtempSync(join(tmpdir(), "dagster-sigma-state-"));
  return {
    sandbox,
    stateDir,
    graphs: () => readdirSync(stateDir).filter((name) => name.endsWith(".graph")),
    load: async (options = {}) => {
      const sigma = new SigmaOrganization(sandbox);
      const specs = await loadSigmaAssetSpecs(sigma, { stateDir, ...options });
      const [report] = sigma.loadReports;
      return JSON.stringify([specs.map(withoutOrigin), report?.diagnostics, report?.outcomes]);
    },
  };
}

function withoutOrigin({ origin: _origin, ...spec }: AssetSpec): object {
  return spec;
}

describe("what was worked out of a state", () => {
  it("is kept beside it, for each way of joining, and gives what the state gives", async () => {
    const { load, graphs, stateDir } = await start();
    const first = await load();
    const [graph = ""] = graphs();
    expect(graphs()).toHaveLength(1);
    expect(await load()).toBe(first);
    // From the file, not from the state:
    const kept = readFileSync(join(stateDir, graph), "utf8");
    writeFileSync(join(stateDir, graph), kept.replaceAll('"ownerEmail":"', '"ownerEmail":"x'));
    expect(await load()).not.toBe(first);
    await load({ workbookColumns: true });
    expect(graphs()).toHaveLength(2);
  });

  it("is worked out anew when it is cut, and when the state is another one", async () => {
    const { load, graphs, stateDir, sandbox } = await start();
    const first = await load();
    const [graph = ""] = graphs();
    truncateSync(join(stateDir, graph), 1_000);
    expect(await load()).toBe(first);
    sandbox.mutate("rename workbook", 1);
    const renamed = await load({ refresh: true });
    expect(renamed).not.toBe(first);
    expect(await load()).toBe(renamed);
    expect(graphs()).toHaveLength(1);
    expect(graphs()).not.toContain(graph);
  });

  it("leaves the answers of Sigma where they are, and a translator finds them all the same", async () => {
    const { load, sandbox } = await start();
    const lineages: Record<string, unknown>[] = [{}, {}];
    const note =
      (into: number) =>
      (spec: AssetSpec, data: SigmaTranslatorData): AssetSpec => {
        if (data.type === "workbook") (lineages[into] ?? {})[data.id] = data.lineage;
        return spec;
      };
    await load({ dagsterSigmaTranslator: note(0) });
    sandbox.log.clear();
    await load({ dagsterSigmaTranslator: note(1) });
    expect(sandbox.log.requests).toEqual([]);
    expect(lineages[1]).toEqual(lineages[0]);
    expect(JSON.stringify(lineages[1])).toContain("elementId");
  });

  it("is not used where the rows themselves are asked for", async () => {
    const { load, graphs } = await start();
    const first = await load({ rawMetadata: true });
    expect(graphs()).toEqual([]);
    expect(await load({ rawMetadata: true })).toBe(first);
    expect(first).toContain("dagster_sigma/lineage");
  });
});
