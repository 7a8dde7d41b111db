import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { AssetSpec, Definitions, diffAssets, type SensorDefinition } from "@dagster-sigma/asset-graph";
import { createStaticDefinitionsSource } from "@dagster-sigma/definitions-host";
import { silentLogger } from "@dagster-sigma/foundation";
import {
  type AssetSpecTransform,
  DagsterSigmaTranslator,
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  noArchivedUpstream,
  noBrokenColumns,
  notStaleFor,
  noUnresolvedSources,
  SigmaOrganization,
  type SigmaTranslatorData,
  saveSigmaSnapshot,
  sigmaActivitySensor,
  sigmaAssetChecks,
} from "@dagster-sigma/sigma-assets";
import { buildSampleCompany, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { pageOutlet } from "@dagster-sigma/web-ui";
import picocolors from "picocolors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatAsset } from "../src/terminal/asset-text.ts";
import { formatCheck } from "../src/terminal/check-text.ts";
import { formatReport } from "../src/terminal/report-text.ts";

/** Returns new specs with only keys, dependencies, owners and groups. */
class BareTranslator extends DagsterSigmaTranslator {
  override getAssetSpec(data: SigmaTranslatorData): AssetSpec {
    const { key, deps, owners, groupName } = super.getAssetSpec(data);
    return new AssetSpec({ key, deps, owners, groupName, kinds: ["mine"], metadata: { "mine/only": 1 } });
  }
}

const emptied: AssetSpecTransform = (spec) =>
  spec.replaceAttributes({ kinds: ["mine"], metadata: { "mine/only": 1 } });

const folder = mkdtempSync(join(tmpdir(), "bare-translator-"));
const [before, after] = [join(folder, "before.jsonl"), join(folder, "after.jsonl")];
// Columns are metadata: a translator that replaces all metadata replaces them too.
const options: LoadSigmaAssetSpecsOptions = { fetchColumnData: false };
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ organization: buildSampleCompany() });
  const organization = new SigmaOrganization(sandbox);
  await saveSigmaSnapshot(organization, before, options);
  for (const mutation of ["bump workbook", "rename workbook", "archive workbook", "republish model"] as const)
    sandbox.mutate(mutation, 2);
  await saveSigmaSnapshot(organization, after, options);
});

afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

async function load(
  translator: DagsterSigmaTranslator | AssetSpecTransform,
  more: LoadSigmaAssetSpecsOptions = {},
): Promise<Definitions> {
  const assets = await loadSigmaAssetSpecs(new SigmaOrganization(sandbox), {
    ...options,
    snapshotPath: after,
    dagsterSigmaTranslator: translator,
    ...more,
  });
  return new Definitions({ assets });
}

async function eventsOf(sensor: SensorDefinition, definitions: Definitions): Promise<unknown> {
  const { signal } = new AbortController();
  const { assetEvents } = await sensor.evaluate({
    cursor: null,
    lastTickAt: null,
    definitions,
    signal,
    log: silentLogger,
  });
  expect(assetEvents?.length).toBeGreaterThan(30);
  return assetEvents;
}

/** The data for the page, without kinds and metadata. */
function pageOf(definitions: Definitions): unknown {
  const { content } = createStaticDefinitionsSource(definitions, pageOutlet()).current();
  const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
  // It is sent compressed, as a list per property.
  const graph = JSON.parse(text(gunzipSync(content?.graph ?? new Uint8Array()))) as {
    readonly assets: { readonly shared: object };
  };
  const starts = [...(content?.detailStarts ?? [])];
  const details = starts.slice(1).map((end, at) => {
    const bytes = content?.details.subarray(starts[at], end);
    return { ...(JSON.parse(text(bytes)) as object), metadata: null, description: null };
  });
  const assets = { ...graph.assets, shared: { ...graph.assets.shared, kinds: null, tags: null } };
  return { ...graph, version: null, assets, details };
}

describe.each<[string, DagsterSigmaTranslator | AssetSpecTransform]>([
  ["returns brand-new specs", new BareTranslator()],
  ["replaces kinds and all metadata", emptied],
])("a translator that %s does not affect", (_what, bare) => {
  const standard = new DagsterSigmaTranslator();

  it.each(["model", "element"] as const)("the page, which has an asset for each %s", async (granularity) => {
    const more = { customSql: true, dataModelGranularity: granularity };
    const definitions = await load(bare, more);
    expect(definitions.assets.every(({ kinds }) => kinds.join() === "mine")).toBe(true);
    expect(pageOf(definitions)).toEqual(pageOf(await load(standard, more)));
  });

  it("the terminal", async () => {
    const text = { width: 120, colors: picocolors.createColors(false) };
    const told = async (translator: typeof bare): Promise<unknown> => {
      const definitions = await load(translator);
      const nodes = [...definitions.assetGraph.nodes.values()];
      const facts = nodes.map((node) => formatAsset(definitions.assetGraph, node, text));
      return {
        report: formatReport(definitions, text).replace(/in [\d.]+ s/, ""),
        check: formatCheck(
          definitions,
          definitions.loadReports.flatMap(({ diagnostics }) => diagnostics),
          text,
        ),
        facts: facts.map((fact) => fact.replace(/ {2}(kinds|description) .*\n/g, "")),
      };
    };
    expect(await told(bare)).toEqual(await told(standard));
  });

  it("sensors", async () => {
    const told = async (translator: typeof bare): Promise<unknown> => {
      const sensor = sigmaActivitySensor({ organization: new SigmaOrganization(sandbox) });
      return await eventsOf(sensor, await load(translator));
    };
    expect(await told(bare)).toEqual(await told(standard));
  });

  it("checks", async () => {
    const told = async (translator: typeof bare): Promise<unknown> => {
      const definitions = await load(translator);
      const { assets } = definitions;
      const checks = [noUnresolvedSources, noBrokenColumns, noArchivedUpstream, notStaleFor(100)];
      const { sensor } = sigmaAssetChecks({ assets, checks, maxEvaluationsPerTick: 1_000 });
      return await eventsOf(sensor, definitions);
    };
    expect(await told(bare)).toEqual(await told(standard));
  });

  it.each(["model", "element"] as const)(
    "differences, which have an asset for each %s",
    async (granularity) => {
      const told = async (translator: typeof bare): Promise<unknown> => {
        const more = { dataModelGranularity: granularity };
        const was = await load(translator, { ...more, snapshotPath: before });
        const diff = diffAssets(was.assets, (await load(translator, more)).assets);
        expect(diff.changed.some(({ versions }) => versions !== null)).toBe(true);
        expect(diff.changed.some((change) => change.before !== null)).toBe(true);
        return diff;
      };
      expect(await told(bare)).toEqual(await told(standard));
    },
  );
});
