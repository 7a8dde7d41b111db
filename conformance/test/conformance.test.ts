import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generatedCases } from "../src/dagster-sigma/cases.ts";
import { compareAssets } from "../src/dagster-sigma/compare-assets.ts";
import { compareCases } from "../src/dagster-sigma/compare-cases.ts";
import { differenceClasses } from "../src/dagster-sigma/difference-classes.ts";
import { ReferenceLoader, wholeOrganization } from "../src/dagster-sigma/load-case.ts";
import { referenceSample } from "../src/dagster-sigma/reference-sample.ts";
import { loadAnswers } from "./load-answers.ts";
import { needsPython, referencePython } from "./reference.ts";

const python = await referencePython();

/** The short variant; `npm run conformance` uses 60. */
const organizations = 12;

describe.skipIf(python === null)(`${needsPython} the real dagster-sigma and ours`, () => {
  let reference: ReferenceLoader;
  beforeAll(() => {
    reference = new ReferenceLoader(python ?? "");
  });
  afterAll(() => reference.close());

  it("load the organization of its tests as the same assets", async () => {
    const { ours, reference: outcome } = await loadAnswers(reference, referenceSample());
    if ("error" in outcome) throw new Error(outcome.error);
    expect(outcome.assets.map(({ key }) => key.join("/")).sort()).toEqual([
      "Orders_Dataset",
      "Sample_Workbook",
    ]);
    expect(compareAssets(null, wholeOrganization, ours, outcome.assets).differences).toEqual([]);
    const dataset = ours.find(({ key }) => key[0] === "Orders_Dataset");
    expect(dataset?.deps.map(({ key }) => key.join("/"))).toEqual(["testdb/jaffle_shop/stg_orders"]);
  });

  it(`load ${organizations} generated organizations as the same assets, except for known differences`, async () => {
    const result = await compareCases(generatedCases(organizations), reference);
    expect(result.failures).toEqual([]);
    expect(result.organizations).toBe(organizations);
    expect(result.assets).toBeGreaterThan(200);
    expect([...result.classes.keys()]).toContain("data-model");
  }, 120_000);
});

it("every class of differences has a description and a rule", () => {
  expect(differenceClasses().length).toBeGreaterThan(0);
});
