import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AssetSpec,
  createStaticDefinitionsSource,
  Definitions,
  type DefinitionsSource,
} from "@dagster-sigma/asset-graph";
import {
  type CodeLocation,
  hostFeatures,
  SourceContent,
  startCodeLocation,
} from "@dagster-sigma/code-location";
import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { buildSampleCompany, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import {
  locationStatuses,
  pythonEnvironment,
  type RunningDagster,
  shownAssets,
  specsJson,
  startDagster,
  type WorkspaceLocation,
} from "../src/index.ts";
import { everyKindOfSpec } from "./every-kind-of-spec.ts";

const specLocation = join(import.meta.dirname, "..", "python", "spec_location.py");

describe("a code location in the real Dagster [needs Python]", () => {
  let python = "";
  beforeAll(async () => {
    const found = await pythonEnvironment("dagster-webserver");
    if (found === null) throw new Error("Python 3.10 or newer is needed.");
    python = found;
  }, 600_000);

  async function dagsterWith(
    locations: readonly WorkspaceLocation[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<RunningDagster> {
    const dagster = await startDagster({ python, locations, env });
    onTestFinished(() => dagster.close());
    return dagster;
  }

  it("shows what a Python location with the same specs shows", async () => {
    const specs = [...(await sampleSpecs()), ...everyKindOfSpec];
    const location = await serve(specs);
    const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-specs-")), "specs.json");
    // Our stubs of tables tell more than those that Python makes by itself: it is given them as they are.
    const { nodes } = new Definitions({ assets: specs }).assetGraph;
    writeFileSync(file, specsJson([...nodes.values()].map(({ spec }) => spec)));
    const [ours, theirs] = await Promise.all([
      dagsterWith([{ name: "ours", port: location.port }]),
      dagsterWith([{ name: "theirs", pythonFile: specLocation }], { SPECS: file }),
    ]);
    expect(await locationStatuses(ours)).toEqual([{ name: "ours", loadStatus: "LOADED", error: null }]);
    expect(await locationStatuses(theirs)).toEqual([{ name: "theirs", loadStatus: "LOADED", error: null }]);
    const [shown, expected] = [await shownAssets(ours), await shownAssets(theirs)];
    expect(shown.length).toBeGreaterThan(40);
    expect(shown.map(({ assetKey }) => assetKey.path)).toEqual(expected.map(({ assetKey }) => assetKey.path));
    expect(shown).toEqual(expected);
  }, 120_000);
});

async function serve(specs: readonly AssetSpec[]): Promise<CodeLocation> {
  return await serveSource(createStaticDefinitionsSource(new Definitions({ assets: specs })));
}

async function serveSource(source: DefinitionsSource, port = 0): Promise<CodeLocation> {
  const location = await startCodeLocation({
    content: new SourceContent(source, hostFeatures("1.13")),
    port,
  });
  onTestFinished(() => location.close());
  return location;
}

async function sampleSpecs(): Promise<readonly AssetSpec[]> {
  const sandbox = await startSandbox({ organization: buildSampleCompany() });
  const specs = await loadSigmaAssetSpecs(new SigmaOrganization(sandbox), {
    groupByFolder: true,
    fetchBadges: true,
  });
  await sandbox.close();
  return specs;
}
