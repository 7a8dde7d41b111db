import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AssetGraph,
  AssetSpec,
  evaluateSelection,
  parseSelection,
  selectableGraph,
  TableColumnDep,
  TableColumnLineage,
  TableSchema,
} from "@dagster-sigma/asset-graph";
import { buildColumnImpact, indexDefinitions } from "@dagster-sigma/asset-graph/impact";
import { buildSampleCompany, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findTarget } from "../src/impact/find-target.ts";
import { impactJson } from "../src/impact/impact-json.ts";
import { impactOfTargets } from "../src/impact/impact-of-targets.ts";
import { runHere } from "./recording-terminal.ts";
import { variablesOf } from "./sandbox-environment.ts";

interface ImpactOutput {
  readonly affected: readonly {
    readonly key: readonly string[];
    readonly elements: readonly string[];
    readonly certainty: string;
  }[];
  readonly unaffected: readonly (readonly string[])[];
  readonly owners: readonly { readonly owner: string; readonly count: number }[];
}

/** A layered graph in which a third of the assets have no known columns. */
function randomGraph(seed: number): AssetGraph {
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const layers: (readonly { readonly key: string; readonly columns: readonly string[] }[])[] = [
    Array.from({ length: 6 }, (_table, at) => ({ key: `t${at}`, columns: ["a", "b", "c"] })),
  ];
  const specs: AssetSpec[] = [];
  for (let depth = 1; depth <= 3; depth++) {
    const above = layers.flat();
    const layer = Array.from({ length: 8 }, (_asset, at) => {
      const key = `l${depth}_${at}`;
      const drawn = Array.from({ length: 1 + random(3) }, () => above[random(above.length)]);
      const sources = [...new Set(drawn)].flatMap((one) => one ?? []);
      const hasColumns = random(3) > 0;
      const columns = hasColumns
        ? Array.from({ length: 1 + random(3) }, (_column, index) => `Chart/c${index}`)
        : [];
      const lineage = columns.map((name) => {
        const deps = sources.flatMap((source) => {
          const column = source.columns[random(source.columns.length)];
          return column === undefined || random(3) === 0 ? [] : [new TableColumnDep(source.key, column)];
        });
        return [name, deps] as const;
      });
      specs.push(
        new AssetSpec({
          key,
          deps: sources.map((source) => source.key),
          owners: [`o${random(3)}@x.org`],
          metadata: hasColumns
            ? {
                "dagster/column_schema": new TableSchema({ columns: columns.map((name) => ({ name })) }),
                "dagster/column_lineage": new TableColumnLineage(Object.fromEntries(lineage)),
              }
            : {},
        }),
      );
      return { key, columns };
    });
    layers.push(layer);
  }
  return AssetGraph.build(specs);
}

const sorted = (keys: Iterable<string>): readonly string[] => [...keys].sort();

describe("the impact of the command", () => {
  it("agrees with the page's impact and with the selection for 200 random assets and columns", () => {
    let compared = 0;
    for (let seed = 1; compared < 200; seed++) {
      const graph = randomGraph(seed);
      const index = indexDefinitions(graph);
      const selectable = selectableGraph(graph, new Map());
      for (const node of [...graph.nodes.values()].filter((_node, at) => at % 5 === seed % 5)) {
        const key = node.spec.key.toUserString();
        const asset = index.numberOf(key) ?? -1;
        const column = index.columns.columnsOf(asset)[0];
        const name = column === undefined ? null : index.columns.nameOf(column);
        const target = findTarget(graph, index, name === null ? key : `${key}.${name.toUpperCase()}`);
        const output = impactJson(index, [target], impactOfTargets(index, [target])) as ImpactOutput;
        const affected = output.affected.map((each) => each.key.join("/"));
        const selected = evaluateSelection(parseSelection(`key:"${key}"+`), selectable);
        const downstream = [...selected].flatMap((id) => graph.nodes.get(id)?.spec.key.toUserString() ?? []);
        // What the selection has is affected, not affected, or the changed asset itself: nothing is lost.
        expect(sorted([...affected, ...output.unaffected.map((path) => path.join("/")), key])).toEqual(
          sorted(downstream),
        );
        if (column !== undefined) {
          const ofPage = buildColumnImpact(index.graph, index.columns, column);
          expect(affected).toEqual(ofPage.assets.map((each) => index.graph.asset(each.asset).key));
        }
        compared++;
      }
    }
  });

  it("of several changes is what each of them affects, each asset once, for certain where one is certain", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const graph = randomGraph(seed);
      const index = indexDefinitions(graph);
      const targets = ["t0.a", "t1", "t2.b"].flatMap((wanted) => {
        try {
          return [findTarget(graph, index, wanted)];
        } catch {
          return [];
        }
      });
      const alone = targets.map((target) => impactOfTargets(index, [target]));
      const together = impactOfTargets(index, targets);
      const numbers = together.assets.map(({ asset }) => asset);
      expect(new Set(numbers)).toEqual(
        new Set(alone.flatMap(({ assets }) => assets.map(({ asset }) => asset))),
      );
      expect(new Set(numbers).size).toBe(numbers.length);
      for (const { asset, certainty } of together.assets) {
        const isCertain = alone.some(({ assets }) =>
          assets.some((each) => each.asset === asset && each.certainty === "column"),
        );
        expect(certainty).toBe(isCertain ? "column" : "asset");
      }
      for (const asset of together.unaffected) expect(numbers).not.toContain(asset);
    }
  });
});

describe("dagster-sigma impact", () => {
  let sandbox: Sandbox;
  let env: Readonly<Record<string, string>> = {};
  beforeAll(async () => {
    sandbox = await startSandbox({ organization: buildSampleCompany() });
    env = {
      ...variablesOf(sandbox),
      DAGSTER_SIGMA_STATE_DIR: mkdtempSync(join(tmpdir(), "dagster-sigma-impact-")),
    };
  });
  afterAll(() => sandbox.close());

  it.each([["orders.net_amount"], ["harbor/sales/orders.NET_AMOUNT"], ["HARBOR.SALES.ORDERS.Net_Amount"]])(
    "names elements and owners of what a column breaks: %s",
    async (wanted) => {
      const { code, out } = await runHere(["impact", wanted], { env });
      expect(code).toBe(0);
      expect(out).toMatch(/^NET_AMOUNT of orders\n12 assets affected · 9 workbooks among them · 5 owners/);
      expect(out).toContain("\nbruno.costa@harborcoffee.example (5)\n");
      expect(out).toContain("      All Orders: Net Amount, By Country: Net\n");
    },
  );

  it("takes the asset that has the column, where a table and a data model have one name", async () => {
    const { out } = await runHere(["impact", "LEDGER.amount", "--json"], { env });
    expect((JSON.parse(out) as { readonly changed: unknown }).changed).toEqual([
      { key: ["harbor", "finance", "ledger"], column: "AMOUNT" },
    ]);
  });

  it("fails a script only if the change breaks what it asks for", async () => {
    const codeOf = async (...args: readonly string[]): Promise<number> =>
      (await runHere(["impact", ...args], { env })).code;
    expect(await codeOf("orders.net_amount", "--fail-on", "workbooks")).toBe(3);
    expect(await codeOf("orders.net_amount")).toBe(0);
    // Nothing reads a workbook.
    expect(await codeOf("Company Pulse", "--fail-on", "anything")).toBe(0);
  });

  it("prints Markdown, CSV, and groups by folder", async () => {
    const markdown = await runHere(["impact", "orders.net_amount", "-o", "markdown"], { env });
    expect(markdown.out).toMatch(/^## What breaks if NET\\_AMOUNT of orders changes\n/);
    const csv = await runHere(["impact", "orders.net_amount", "-o", "csv"], { env });
    expect(csv.out.split("\n")).toHaveLength(14);
    const folders = await runHere(["impact", "orders.net_amount", "--by", "folder"], { env });
    expect(folders.out).toContain("\nAnalytics/Data Models (3)\n");
  });

  it("suggests the nearest column, and says so where none is known", async () => {
    const near = await runHere(["impact", "orders.net_amonut"], { env });
    expect([near.code, near.err]).toEqual([2, expect.stringContaining("Did you mean: NET_AMOUNT?")]);
    const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-impact-")), "definitions.ts");
    writeFileSync(
      file,
      `import { AssetSpec, Definitions } from "dagster-sigma";
export default new Definitions({ assets: [new AssetSpec({ key: "board", deps: ["a.b"] })] });
`,
    );
    const none = await runHere(["impact", "board.x", "-f", file]);
    expect(none.err).toContain("No column of board is known. [COLUMN_NOT_FOUND]");
    // A name with a dot is an asset first.
    expect((await runHere(["impact", "a.b", "-f", file])).out).toContain("board");
  });
});
