import { buildSampleCompany, generateOrganization, shapes } from "@dagster-sigma/sigma-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareWithDataHub, type LineageResult } from "../src/datahub/compare-with-datahub.ts";
import { DataHubJudge } from "../src/datahub/datahub-judge.ts";
import { dataHubDifferenceClasses } from "../src/datahub/difference-classes.ts";
import { readKnownProblems } from "../src/known-problems.ts";
import { pythonEnvironment } from "../src/python/python-environment.ts";
import { needsPython } from "./reference.ts";

const python = await pythonEnvironment("datahub");
if (python === null && process.env["CI"]) throw new Error("The tests need Python 3.10 or newer.");

const seeds = [1, 2, 3, 4];

const shortShapes = new Set([
  "chain of five models",
  "self reference",
  "personal models",
  "leading zero without rows",
  "element without name",
  "custom SQL beside a table",
  "exampleFields",
  "semanticViews",
]);

describe.skipIf(python === null)(`${needsPython} DataHub's connector for Sigma and ours`, () => {
  let judge: DataHubJudge;
  beforeAll(() => {
    judge = new DataHubJudge(python ?? "");
  });
  afterAll(() => judge.close());

  it(`find the same edges in ${seeds.length} generated organizations, except for known differences`, async () => {
    const result = await compareWithDataHub(
      seeds.map((seed) => ({ organization: generateOrganization({ workbooks: 15, seed, profile: "full" }) })),
      judge,
    );
    expect(result.failures).toEqual([]);
    expect(result.organizations).toBe(seeds.length);
    expect(foundByBoth(result)).toBeGreaterThan(150);
    for (const kind of ["workbook -> table", "workbook -> dataset", "workbook -> data model"])
      expect(result.kinds.get(kind)?.both, kind).toBeGreaterThan(10);
    expect([...result.classes.keys()]).toContain("skipped-element");
  }, 120_000);

  it("find the same edges in the sample company, except for known differences", async () => {
    const result = await compareWithDataHub([{ organization: buildSampleCompany() }], judge);
    expect(result.failures).toEqual([]);
    expect(foundByBoth(result)).toBeGreaterThan(50);
    expect(result.kinds.get("data model -> data model")?.both).toBeGreaterThan(0);
  }, 120_000);

  it("find the same edges in hand-written organizations, except for known differences", async () => {
    // The short variant; `npm run test:long shapes` judges all.
    const judged = shapes().filter(({ name }) => shortShapes.has(name));
    expect(judged.length).toBe(shortShapes.size);
    const result = await compareWithDataHub(judged, judge, readKnownProblems());
    expect(result.failures).toEqual([]);
    expect(foundByBoth(result)).toBeGreaterThan(20);
    expect([...result.classes.keys()]).toContain("example-fields");
  }, 60_000);
});

it("every class of DataHub's differences has a description and a rule", () => {
  expect(dataHubDifferenceClasses().length).toBeGreaterThan(0);
});

function foundByBoth({ kinds }: LineageResult): number {
  return [...kinds.values()].reduce((sum, { both }) => sum + both, 0);
}
