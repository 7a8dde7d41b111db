import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssetDep, AssetSpec, Definitions, MetadataValue } from "@dagster-sigma/asset-graph";
import {
  type CodeLocation,
  codeLocationOutlet,
  type EncodedRepository,
  hostFeatures,
  startCodeLocation,
} from "@dagster-sigma/code-location";
import {
  createStaticDefinitionsSource,
  type DefinitionsSource,
  InProcessDefinitionsSource,
} from "@dagster-sigma/definitions-host";
import { dagsterInstance } from "@dagster-sigma/sigma-assets";
import { describe, expect, it, onTestFinished } from "vitest";
import { locationStatuses, type ShownAsset, shownAssets } from "../src/dagster/asset-nodes.ts";
import { everyKindOfSpec } from "../src/dagster/every-kind-of-spec.ts";
import { judgeHost } from "../src/dagster/judge-host.ts";
import { sampleSpecs } from "../src/dagster/sample-specs.ts";
import { specsJson } from "../src/dagster/specs-json.ts";
import { type RunningDagster, startDagster, type WorkspaceLocation } from "../src/dagster/start-dagster.ts";
import { dagsterPython, needsPython } from "./reference.ts";

const specLocation = join(import.meta.dirname, "..", "python", "spec_location.py");

const python = (await dagsterPython()) ?? "";

describe.skipIf(python === "")(`${needsPython} a code location in the real Dagster`, () => {
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
    const judged = await judgeHost({ python, dagsterVersion: "1.13.27", specs });
    const { ours, theirs, shown, expected } = judged;
    expect(ours).toEqual({ name: "ours", loadStatus: "LOADED", error: null });
    expect(theirs).toEqual({ name: "theirs", loadStatus: "LOADED", error: null });
    expect([...judged.leftOut]).toEqual([]);
    expect(shown.length).toBeGreaterThan(40);
    expect(shown.map(({ assetKey }) => assetKey.path)).toEqual(expected.map(({ assetKey }) => assetKey.path));
    expect(shown).toEqual(expected);
  }, 120_000);

  it("coexists with a Python location: its stubs are replaced, errors stay separate, restarts cause no reload", async () => {
    const real = new AssetSpec({
      key: ["warehouse", "orders"],
      description: "the real one",
      owners: ["team:warehouse"],
      metadata: { "dagster/table_name": "wh.sales.orders" },
    });
    const report = (description: string): readonly AssetSpec[] => [
      new AssetSpec({
        key: "report",
        description,
        deps: [
          new AssetDep(["warehouse", "orders"], { metadata: { "dagster/table_name": "wh.sales.orders" } }),
          "other",
        ],
        metadata: {
          hostile: MetadataValue.json({ __class__: "Nonsense", deep: [{ __enum__: "A.B", "😀": "𝄞" }] }),
          long: "é".repeat(500_000),
        },
      }),
    ];
    const ours = new ChangingDefinitions(report("first"));
    const location = await serveSource(ours.source);
    const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-specs-")), "specs.json");
    writeFileSync(file, specsJson([real]));
    const dagster = await dagsterWith(
      [
        { name: "ours", port: location.port },
        { name: "theirs", pythonFile: specLocation },
      ],
      { SPECS: file },
    );
    const shown = async (): Promise<ReadonlyMap<string, ShownAsset>> =>
      new Map((await shownAssets(dagster)).map((asset) => [asset.assetKey.path.join("/"), asset]));
    const errors = async (): Promise<Readonly<Record<string, string | null>>> =>
      Object.fromEntries((await locationStatuses(dagster)).map(({ name, error }) => [name, error]));

    const first = await shown();
    expect([...first.keys()]).toEqual(["other", "report", "warehouse/orders"]);
    expect(first.get("warehouse/orders")).toMatchObject({
      description: "the real one",
      owners: [{ __typename: "TeamAssetOwner", team: "warehouse" }],
      dependedByKeys: [{ path: ["report"] }],
    });
    expect(JSON.stringify(first.get("report"))).toContain("user:__class__");

    await ours.become(report("second"));
    await until(async () => (await shown()).get("report")?.["description"] === "second");

    await ours.become(new Error("the definitions are broken at line 3"));
    await until(async () => (await errors())["ours"] !== null);
    expect((await errors())["ours"]).toContain("the definitions are broken at line 3");
    expect((await errors())["theirs"]).toBeNull();
    expect([...(await shown()).keys()]).toEqual(["warehouse/orders"]);
    await ours.become(report("second"));
    await until(async () => (await shown()).has("report"));

    await location.close();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect((await shown()).get("report")?.["description"]).toBe("second");
    await serveSource(new ChangingDefinitions(report("third")).source, location.port);
    await until(async () => (await shown()).get("report")?.["description"] === "third");

    // Matches tables with the assets of a running Dagster.
    const matcher = dagsterInstance(dagster.url);
    const answer = (await matcher.ask?.(AbortSignal.timeout(10_000))) ?? [];
    const loaded = await matcher.load(answer);
    const table = { path: ["WH", "SALES", "ORDERS"], connectionName: null, storageKind: null };
    expect(loaded.match(table).map((key) => key.path)).toEqual([["warehouse", "orders"]]);
  }, 120_000);

  it("that is too large for the host has its own error, and does not affect other locations", async () => {
    const location = await serve([new AssetSpec({ key: "large", description: "x".repeat(2_000_000) })]);
    const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-specs-")), "specs.json");
    writeFileSync(file, specsJson([new AssetSpec({ key: "small" })]));
    const dagster = await dagsterWith(
      [
        { name: "ours", port: location.port },
        { name: "theirs", pythonFile: specLocation },
      ],
      { SPECS: file, DAGSTER_GRPC_MAX_RX_BYTES: "1000000" },
    );
    const [ours, theirs] = await locationStatuses(dagster);
    expect(ours?.error).toContain("RESOURCE_EXHAUSTED");
    expect(theirs?.error).toBeNull();
    expect((await shownAssets(dagster)).map(({ assetKey }) => assetKey.path)).toEqual([["small"]]);
  }, 120_000);
});

async function until(isReached: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await isReached())) {
    if (Date.now() > deadline) throw new Error("Not within half a minute.");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const outlet = codeLocationOutlet(hostFeatures("1.13"));

/** Definitions that a test changes or breaks. */
class ChangingDefinitions {
  readonly source: InProcessDefinitionsSource<EncodedRepository>;
  #state: Definitions | Error;

  constructor(specs: readonly AssetSpec[]) {
    const definitions = new Definitions({ assets: specs });
    this.#state = definitions;
    this.source = new InProcessDefinitionsSource({ outlet, definitions, load: () => this.#load() });
  }

  async become(state: readonly AssetSpec[] | Error): Promise<void> {
    this.#state = state instanceof Error ? state : new Definitions({ assets: state });
    await this.source.reload();
  }

  #load(): Definitions {
    if (this.#state instanceof Error) throw this.#state;
    return this.#state;
  }
}

async function serve(specs: readonly AssetSpec[]): Promise<CodeLocation> {
  return await serveSource(createStaticDefinitionsSource(new Definitions({ assets: specs }), outlet));
}

async function serveSource(source: DefinitionsSource<EncodedRepository>, port = 0): Promise<CodeLocation> {
  const location = await startCodeLocation({ source, port });
  onTestFinished(() => location.close());
  return location;
}
