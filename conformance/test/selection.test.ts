import {
  AssetGraph,
  AssetSpec,
  evaluateSelection,
  parseSelection,
  type SelectionExpression,
  SelectionSyntaxError,
  selectableGraph,
} from "@dagster-sigma/asset-graph";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type JudgedAsset, type JudgedSelection, SelectionJudge } from "../src/dagster/selection-judge.ts";
import { pythonEnvironment } from "../src/python/python-environment.ts";
import { needsPython } from "./reference.ts";
import { graphs, mutatedSelections, selections } from "./selection-cases.ts";

const python = await pythonEnvironment("dagster-webserver");
if (python === null && process.env["CI"]) throw new Error("The tests need Python 3.10 or newer.");

const selectionsEach = 12;

describe.skipIf(python === null)(
  `${needsPython} selections, compared with AssetSelection.from_string`,
  () => {
    let judge: SelectionJudge;
    beforeAll(() => {
      judge = new SelectionJudge(python ?? "");
    });
    afterAll(() => judge.close());

    it("select the same assets, and are rejected alike", async () => {
      const counts = await compare(judge, graphs({ external: false }), selections, {
        includeSources: false,
        seed: 20261126,
        numRuns: 60,
      });
      expect(counts["same assets"]).toBeGreaterThan(400);
      expect(counts["some assets"]).toBeGreaterThan(200);
      expect(counts["refused by both"]).toBeGreaterThan(30);
    }, 60_000);

    it("are rejected alike when they are invalid", async () => {
      const counts = await compare(judge, graphs({ external: false }), mutatedSelections, {
        includeSources: false,
        seed: 8,
        numRuns: 60,
      });
      expect(counts["refused by both"]).toBeGreaterThan(300);
      expect(counts["same assets"]).toBeGreaterThan(50);
    }, 60_000);

    it("select the same external assets, except upstream ones", async () => {
      const counts = await compare(judge, graphs({ external: true }), selections, {
        includeSources: true,
        seed: 3,
        numRuns: 40,
      });
      expect(counts["same assets"]).toBeGreaterThan(150);
    }, 60_000);
  },
);

interface CompareOptions {
  readonly includeSources: boolean;
  readonly seed: number;
  readonly numRuns: number;
}

type Outcome = "refused by both" | "same assets" | "some assets" | "not compared";

/** Counts selections by outcome; fails at the first difference, with the smallest selection that shows it. */
async function compare(
  judge: SelectionJudge,
  graph: fc.Arbitrary<readonly JudgedAsset[]>,
  selection: fc.Arbitrary<string>,
  { includeSources, seed, numRuns }: CompareOptions,
): Promise<Readonly<Record<Outcome, number>>> {
  const counts = { "refused by both": 0, "same assets": 0, "some assets": 0, "not compared": 0 };
  const several = fc.array(selection, { minLength: selectionsEach, maxLength: selectionsEach });
  await fc.assert(
    fc.asyncProperty(graph, several, async (assets, texts) => {
      const judged = await judge.judge(assets, texts, { includeSources });
      const ours = selectableOf(assets);
      for (const [index, text] of texts.entries()) {
        for (const outcome of outcomesOf(text, judged[index], ours, includeSources)) counts[outcome]++;
      }
    }),
    { seed, numRuns },
  );
  return counts;
}

function selectableOf(assets: readonly JudgedAsset[]): ReturnType<typeof selectableGraph> {
  const specs = assets.map(({ key, deps, group, owners, tags, kinds }) => {
    return new AssetSpec({ key, deps, groupName: group, owners, tags, kinds });
  });
  const materializable = new Set(
    assets.filter(({ external }) => !external).map(({ key }) => JSON.stringify(key)),
  );
  const { nodes } = selectableGraph(AssetGraph.build(specs));
  return {
    nodes: new Map(
      Array.from(nodes, ([id, node]) => [id, { ...node, isMaterializable: materializable.has(id) }]),
    ),
  };
}

/** @throws if Dagster and ours differ in a way that docs/decisions/0010 does not list */
function outcomesOf(
  text: string,
  judged: JudgedSelection | undefined,
  graph: ReturnType<typeof selectableGraph>,
  includeSources: boolean,
): readonly Outcome[] {
  if (judged === undefined) throw new Error("Dagster gave no answer.");
  const selected = "selected" in judged ? judged.selected : null;
  let expression: SelectionExpression;
  try {
    expression = parseSelection(text);
  } catch (thrown) {
    if (!(thrown instanceof SelectionSyntaxError)) throw thrown;
    if ("refused" in judged) return ["refused by both"];
    const isNamed =
      thrown.code === "SELECTION_NEEDS_INSTANCE" || (text.startsWith("tag:") && selected?.length === 0);
    if (!isNamed) throw new Error(`Only Dagster reads ${JSON.stringify(text)}; ours: ${thrown.message}`);
    return ["not compared"];
  }
  const parts = partsOf(expression);
  if (parts.some((part) => part.type === "tag" && part.key === null)) return ["not compared"];
  if ("refused" in judged) throw new Error(`Only ours reads ${JSON.stringify(text)}: ${judged.refused}`);
  const isOursAlone = (part: SelectionExpression): boolean =>
    (part.type === "attribute" && part.attribute === "owner" && part.value === null) ||
    // Dagster excludes external assets from upstream traversal, and from "tag:" if the text is not an expression.
    (includeSources && ((part.type === "traversal" && part.up !== null) || text.startsWith("tag:")));
  if (selected === null || parts.some(isOursAlone)) return ["not compared"];
  const sorted = [...evaluateSelection(expression, graph)].sort();
  expect(sorted, text).toEqual(selected.map((key) => JSON.stringify(key)).sort());
  return sorted.length === 0 ? ["same assets"] : ["same assets", "some assets"];
}

function partsOf(expression: SelectionExpression): readonly SelectionExpression[] {
  if ("operands" in expression) return [expression, ...expression.operands.flatMap(partsOf)];
  if ("operand" in expression) return [expression, ...partsOf(expression.operand)];
  return [expression];
}
