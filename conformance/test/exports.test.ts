import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssetSpec, buildAssetsJson, Definitions } from "@dagster-sigma/asset-graph";
import { loadSigmaAssetSpecs, readDbtTables, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import {
  buildSampleCompany,
  generateOrganization,
  type Organization,
  OrganizationBuilder,
  startSandbox,
} from "@dagster-sigma/sigma-sandbox";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { beforeAll, describe, expect, it } from "vitest";
import { type DbtExposure, dbtExposures } from "../../packages/dagster-sigma/src/export/dbt-exposures.ts";
import { dbtReferences } from "../../packages/dagster-sigma/src/export/dbt-references.ts";
import { formatDot } from "../../packages/dagster-sigma/src/export/dot.ts";
import { formatEdgesCsv, formatNodesCsv } from "../../packages/dagster-sigma/src/export/edges-csv.ts";
import { exportedGraph } from "../../packages/dagster-sigma/src/export/graph-edges.ts";
import { mergeExposures } from "../../packages/dagster-sigma/src/export/merge-exposures.ts";
import { openLineageEvents } from "../../packages/dagster-sigma/src/export/openlineage.ts";
import { formatJson } from "../../packages/dagster-sigma/src/json/json-output.ts";
import { judgeDbtProject } from "../src/dbt/dbt-judge.ts";
import { conformanceFolder } from "../src/python/conformance-folder.ts";
import { runProcess } from "../src/python/run-process.ts";
import { needsPython, pythonOf } from "./reference.ts";

const dbtPython = await pythonOf("dagster-dbt");
const openLineagePython = await pythonOf("openlineage");

async function load(organization: Organization): Promise<Definitions> {
  const sandbox = await startSandbox({ organization });
  try {
    const sigma = new SigmaOrganization(sandbox);
    return new Definitions({ assets: await loadSigmaAssetSpecs(sigma, { workbookColumns: true }) });
  } finally {
    await sandbox.close();
  }
}

/** A workbook that reads a dbt model through a data model, one that reads a source and a seed, and one without dbt. */
function buildShop(): Organization {
  const shop = new OrganizationBuilder({ slug: "shop", name: "Shop" });
  const owner = shop.member("Dana Doe", "dana@example.com");
  const warehouse = shop.connection("Warehouse", "snowflake", owner);
  const revenue = shop.table(warehouse, "MEMORY.MAIN_MARTS.REVENUE", { AMOUNT: "number" });
  const other = shop.table(warehouse, "MEMORY.PUBLIC.ELSEWHERE", { AMOUNT: "number" });
  const model = shop.dataModel("Models", "Revenue Model", { owner }, (document) => {
    document.page("Model").table("Revenue", { from: revenue, columns: ["Amount"] });
  });
  const [element] = model.content.pages.flatMap(({ elements }) => elements);
  if (element === undefined) throw new Error("The model has no element.");
  shop.workbook("Sales", "Report", { owner }, (document) => {
    document.page("Page").table("Revenue", { from: element, columns: ["Amount"] });
  });
  shop.workbook("Sales", "Without dbt", { owner }, (document) => {
    document.page("Page").table("Other", { from: other, columns: ["Amount"] });
  });
  return shop.build();
}

let loaded: Promise<readonly Definitions[]> | undefined;

/** The sample organization and twenty generated ones, loaded once. */
function loadAll(): Promise<readonly Definitions[]> {
  const seeds = Array.from({ length: 20 }, (_seed, at) => at + 1);
  const organizations = [
    buildSampleCompany(),
    ...seeds.map((seed) => generateOrganization({ workbooks: 5, seed })),
  ];
  loaded ??= Promise.all(organizations.map(load));
  return loaded;
}

/** Names that end other languages' texts. */
const hostileNames = [
  `quote " and ' and \\ and \n line`,
  "{{ ref('x') }} {% raw %}",
  "- a: b # c",
  "日本語 \u202e bidi",
  "*anchor &alias !!tag %directive",
  "null",
  "]]> --> <script>",
];

function hostile(prefix: string, names: readonly string[] = hostileNames): Definitions {
  return new Definitions({
    assets: names.map(
      (name, at) =>
        new AssetSpec({
          key: [prefix, `${at} ${name}`.replace(/\n/g, " ")],
          description: name,
          presentation: { name, url: `https://example.com/${at}` },
          tags: { sigma_badge: "Endorsed" },
        }),
    ),
  });
}

describe.skipIf(dbtPython === null)(`${needsPython} exposures and the real dbt`, () => {
  let manifest = "";
  beforeAll(() => {
    manifest = judgeDbtProject(
      dbtPython ?? "",
      mkdtempSync(join(tmpdir(), "dagster-sigma-dbt-")),
    ).manifestFile;
  }, 120_000);

  interface Judged {
    readonly exposures: Readonly<
      Record<
        string,
        Omit<DbtExposure, "depends_on" | "config" | "name"> & {
          readonly depends_on: readonly string[];
          readonly meta: unknown;
        }
      >
    >;
  }

  async function judge(...files: readonly string[]): Promise<Judged> {
    const program = join(conformanceFolder, "python", "dbt_exposures.py");
    const project = join(conformanceFolder, "dbt-project");
    const { code, out, err } = await runProcess(dbtPython ?? "", [program, project, ...files]);
    if (code !== 0) throw new Error(`dbt refused the exposures: ${err}`);
    return JSON.parse(out) as Judged;
  }

  it("are read with their models, owners and addresses, also with hostile names, and are in dbt's docs", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-exposures-"));
    const shop = await load(buildShop());
    const found = dbtExposures(shop, null, dbtReferences(await readDbtTables(manifest)));
    expect(found.leftOut).toBe(1);
    const others = (await loadAll()).slice(1).map((definitions) => dbtExposures(definitions, null, null));
    const all = [found, ...others, dbtExposures(hostile("hostile"), null, null)];
    const files = all.map(({ exposures }, at) => {
      const file = join(folder, `${at}.yml`);
      // Organizations may have documents of one key; dbt wants different names.
      const named = exposures.map((exposure) => ({ ...exposure, name: `${exposure.name}_${at}` }));
      writeFileSync(file, mergeExposures(file, null, named));
      return file;
    });
    const { exposures } = await judge(...files);
    const expected = all.flatMap(({ exposures: own }, at) => own.map((each) => ({ ...each, at })));
    expect(Object.keys(exposures)).toHaveLength(expected.length);
    for (const { name, at, label, type, url, maturity, owner, config } of expected) {
      expect(exposures[`${name}_${at}`]).toMatchObject({ label, type, owner, meta: config.meta });
      expect(exposures[`${name}_${at}`]).toMatchObject({ url: url ?? null, maturity: maturity ?? null });
    }
    // The workbook reads the dbt model through the data model.
    expect(exposures["sigma_report_0"]?.depends_on).toEqual([expect.stringMatching(/^model\..*\.revenue$/)]);
    expect(exposures["sigma_report_0"]?.type).toBe("dashboard");
  }, 120_000);

  it("keep what a person wrote, replace their own, and are the same when written again", () => {
    const own = dbtExposures(hostile("a", ["One", "Two"]), null, null).exposures;
    const byHand = `version: 2
# reviewed in March
exposures:
  - name: weekly_report # by hand
    type: dashboard
    owner: {email: dana@example.com}
  - name: sigma_gone
    type: dashboard
    owner: {name: x}
    config: {meta: {dagster_sigma: {key: [gone]}}}
models: []
`;
    const merged = mergeExposures("exposures.yml", byHand, own);
    expect(merged).toContain("# reviewed in March");
    expect(merged).toContain("- name: weekly_report # by hand");
    expect(merged).toContain("models: []");
    expect(merged).not.toContain("sigma_gone");
    expect(merged.match(/name: sigma_a__/g)).toHaveLength(2);
    expect(mergeExposures("exposures.yml", merged, own)).toBe(merged);
    for (const broken of ["exposures: 3\n", "- a\n", "a: [\n"])
      expect(() => mergeExposures("exposures.yml", broken, own)).toThrow(
        expect.objectContaining({ code: "FILE_NOT_WRITTEN" }),
      );
  });
});

describe.skipIf(dbtPython === null)(`${needsPython} CSV and JSON`, () => {
  it("are read by Python's csv module and by the published schema, for the sample, generated and hostile organizations", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-csv-"));
    const all = [...(await loadAll()), hostile("hostile")];
    const files = all.flatMap((definitions, at) => {
      const graph = exportedGraph(definitions, null);
      const json = formatJson(buildAssetsJson(definitions, { stubs: true, selected: null }));
      const texts = {
        "edges.csv": formatEdgesCsv(graph),
        "nodes.csv": formatNodesCsv(graph),
        "all.json": json,
      };
      return Object.entries(texts).map(([name, text]) => {
        const file = join(folder, `${at}-${name}`);
        writeFileSync(file, text);
        return file;
      });
    });
    const program = join(conformanceFolder, "python", "read_exports.py");
    const schema = join(conformanceFolder, "..", "docs", "reference", "json-schema.json");
    const { code, out, err } = await runProcess(dbtPython ?? "", [program, schema, "assets", ...files]);
    expect([code, err]).toEqual([0, ""]);
    const read = out
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(read).toHaveLength(files.length);
    for (const [at, definitions] of all.entries()) {
      const [edges, nodes, json] = read.slice(at * 3, at * 3 + 3);
      const graph = exportedGraph(definitions, null);
      expect((edges as string[][]).slice(1).map(([up, , down]) => [up, down])).toEqual(
        graph.edges.map(([up, down]) => [up.key, down.key]),
      );
      // A text that a spreadsheet would compute has an apostrophe before it.
      const given = graph.nodes.map(({ key, name }) =>
        [key, name].map((text) => text.replace(/^(?=[=+\-@\t\r])/, "'")),
      );
      expect((nodes as string[][]).slice(1).map((row) => row.slice(0, 2))).toEqual(given);
      expect(json).toMatchObject({ version: 1 });
      expect((json as { assets: unknown[] }).assets).toHaveLength(graph.nodes.length);
    }
  }, 60_000);
});

interface GraphvizJson {
  readonly objects: readonly { readonly name: string; readonly label: string }[];
  readonly edges?: readonly unknown[];
}

describe("graphs for Graphviz", () => {
  it("are read by Graphviz, for the sample, generated and hostile organizations", async () => {
    const graphviz = await Graphviz.load();
    for (const definitions of [...(await loadAll()), hostile("hostile")]) {
      const { nodes, edges } = exportedGraph(definitions, null);
      // `nop` reads without a layout.
      const json = graphviz.layout(formatDot({ nodes, edges }), "dot_json", "nop");
      const read = JSON.parse(json) as GraphvizJson;
      // The language has no escape for a backslash in the name of a node, so it is written twice; text that turns around is not written.
      const written = nodes.map(({ key }) => key.replaceAll("\\", "\\\\").replace("\u202e", "\ufffd"));
      expect(read.objects.map(({ name }) => name)).toEqual(written);
      expect(read.edges ?? []).toHaveLength(edges.length);
    }
  }, 60_000);
});

describe.skipIf(openLineagePython === null)(`${needsPython} OpenLineage events`, () => {
  it("are read by the OpenLineage client without a loss, for the sample, generated and hostile organizations", async () => {
    const all = [...(await loadAll()), hostile("hostile")];
    const events = all.flatMap((definitions) =>
      openLineageEvents(definitions, null, {
        namespace: "sigma://acme",
        tableNamespace: null,
        producer: "https://example.com/dagster-sigma",
        eventTime: "2026-11-30T06:00:00.000Z",
      }),
    );
    expect(events.length).toBeGreaterThan(80);
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-openlineage-"));
    const input = join(folder, "events.ndjson");
    writeFileSync(input, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
    const program = join(conformanceFolder, "python", "openlineage_events.py");
    const { code, out, err } = await runProcess(openLineagePython ?? "", [program, input]);
    expect([code, err]).toEqual([0, ""]);
    const read = out
      .trim()
      .split("\n")
      .map((line) => withoutEmpty(JSON.parse(line)));
    expect(read).toEqual(events.map(withoutEmpty));
    // The same data gives the same runs.
    expect(
      new Set(events.map((event) => JSON.stringify((event as { readonly run: unknown }).run))).size,
    ).toBe(
      new Set(
        events.map((event) =>
          JSON.stringify((event as { readonly job: { readonly name: string } }).job.name),
        ),
      ).size,
    );
  }, 120_000);
});

/** The client writes lists that are empty, and leaves out what is null. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, part]) =>
          part !== null && !(Array.isArray(part) && part.length === 0) && name !== "inputFacets",
      )
      .filter(([, part]) => !(typeof part === "object" && part !== null && Object.keys(part).length === 0))
      .map(([name, part]) => [name, withoutEmpty(part)]),
  );
}
