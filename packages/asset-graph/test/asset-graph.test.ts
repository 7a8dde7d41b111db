import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AssetDep, AssetGraph, AssetKey, AssetSpec, findCycle } from "../src/index.ts";

const names = (keys: readonly AssetKey[]): readonly string[] => keys.map((key) => key.toUserString());

/** Acyclic graphs: each asset depends on some of the preceding ones. */
const acyclic = fc
  .array(fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), { minLength: 1, maxLength: 30 })
  .map((lists) =>
    lists.map(
      (list, index) =>
        new AssetSpec({ key: `n${index}`, deps: index === 0 ? [] : list.map((dep) => `n${dep % index}`) }),
    ),
  );

describe("AssetGraph", () => {
  const graph = AssetGraph.build([
    new AssetSpec({ key: "workbook", deps: ["model", "dataset"] }),
    new AssetSpec({
      key: "model",
      deps: [
        new AssetDep(["db", "t"], {
          metadata: { "dagster/table_name": "db.t", "dagster/storage_kind": "snowflake" },
        }),
      ],
    }),
    new AssetSpec({ key: "dataset", deps: ["elsewhere", ["db", "t"]] }),
  ]);

  it("traverses upstream and downstream, nearest first", () => {
    expect(names(graph.upstream(new AssetKey("workbook")))).toEqual([
      "dataset",
      "model",
      "db/t",
      "elsewhere",
    ]);
    expect(names(graph.upstream(new AssetKey("workbook"), { depth: 1 }))).toEqual(["dataset", "model"]);
    expect(names(graph.upstream(new AssetKey("workbook"), { depth: 0 }))).toEqual([]);
    expect(names(graph.downstream(new AssetKey(["db", "t"])))).toEqual(["dataset", "model", "workbook"]);
    expect(graph.roots().map(({ spec }) => spec.key.toUserString())).toEqual(["db/t", "elsewhere"]);
    expect(graph.sinks().map(({ spec }) => spec.key.toUserString())).toEqual(["workbook"]);
    expect(() => graph.upstream(new AssetKey("nowhere"))).toThrow(/no asset "nowhere"/);
  });

  it("has a marked stub for a dependency that nothing defines", () => {
    const stub = graph.get(new AssetKey(["db", "t"]));
    expect(stub?.isStub).toBe(true);
    expect(stub?.spec.kinds).toEqual(["snowflake", "table"]);
    expect(stub?.spec.metadata["dagster/auto_created_stub_asset"]).toEqual({ type: "bool", value: true });
    expect(stub?.spec.metadata["dagster/table_name"]).toEqual({ type: "text", value: "db.t" });
    expect(graph.get(new AssetKey("elsewhere"))?.spec.kinds).toEqual([]);
    expect(graph.get(new AssetKey("workbook"))?.isStub).toBe(false);
  });

  it("reports both sources of a key that is defined twice", () => {
    const from = (label: string): AssetSpec =>
      new AssetSpec({ key: "Sales", origin: { label, load: null, object: null } });
    expect(() => AssetGraph.build([from("workbook A"), from("workbook B")])).toThrow(
      'The asset key "Sales" is defined twice: by workbook A, and by workbook B.',
    );
  });

  it("prints the cycle of hand-written dependencies", () => {
    const build = (): AssetGraph =>
      AssetGraph.build([
        new AssetSpec({ key: "a", deps: ["b"] }),
        new AssetSpec({ key: "b", deps: ["c"] }),
        new AssetSpec({ key: "c", deps: ["a"] }),
      ]);
    expect(build).toThrow("a → b → c → a");
    expect(() => AssetGraph.build([new AssetSpec({ key: "self", deps: ["self"] })])).toThrow("self → self");
  });

  it("has consistent upstream and downstream edges, and no asset is its own ancestor", () => {
    fc.assert(
      fc.property(acyclic, (specs) => {
        const built = AssetGraph.build(specs);
        for (const { spec } of built.nodes.values()) {
          const above = built.upstream(spec.key);
          expect(names(above)).not.toContain(spec.key.toUserString());
          for (const key of above) expect(names(built.downstream(key))).toContain(spec.key.toUserString());
        }
      }),
      { numRuns: 30 },
    );
  });

  it("does not depend on the order of the specs", () => {
    fc.assert(
      fc.property(acyclic, (specs) => {
        const [forward, backward] = [AssetGraph.build(specs), AssetGraph.build([...specs].reverse())];
        expect([...backward.nodes]).toEqual([...forward.nodes]);
      }),
      { numRuns: 30 },
    );
  });

  it("handles a chain of 20,000 assets", () => {
    const specs = Array.from(
      { length: 20_000 },
      (_, index) => new AssetSpec({ key: `n${index}`, deps: index === 0 ? [] : [`n${index - 1}`] }),
    );
    expect(AssetGraph.build(specs).upstream(new AssetKey("n19999"))).toHaveLength(19_999);
  });
});

describe("findCycle", () => {
  it("finds a cycle exactly if there is one", () => {
    const graphs = fc.array(fc.array(fc.nat({ max: 7 }), { maxLength: 3 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(graphs, (edges) => {
        const next = (node: number): readonly number[] => edges[node] ?? [];
        const cycle = findCycle(edges.keys(), next);
        expect(cycle !== null).toBe(reachesItself(next));
        cycle?.forEach((node, index) => {
          expect(next(node)).toContain(cycle[(index + 1) % cycle.length]);
        });
      }),
    );
  });
});

/** Tries all walks; too slow for real use. */
function reachesItself(next: (node: number) => readonly number[]): boolean {
  const reaches = (from: number, to: number, seen: ReadonlySet<number>): boolean =>
    next(from).some(
      (node) => node === to || (!seen.has(node) && reaches(node, to, new Set([...seen, node]))),
    );
  return [0, 1, 2, 3, 4, 5, 6, 7].some((node) => reaches(node, node, new Set([node])));
}
