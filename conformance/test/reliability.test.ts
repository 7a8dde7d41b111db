import { generateOrganization } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import { damageFiles } from "../src/reliability/damage-files.ts";
import { killRefreshes } from "../src/reliability/kill-refresh.ts";
import { soak } from "../src/reliability/soak.ts";

/** Short variants of `npm run test:long`. */
describe("a saved state", () => {
  it("is complete whenever a refresh is killed", async () => {
    const organization = generateOrganization({ workbooks: 25, seed: 13 });
    const killed = await killRefreshes({ organization, kills: 8, seed: 2 });
    expect(killed.problems).toEqual([]);
    expect(killed.oldStates + killed.newStates).toBe(8);
    expect(killed.tooLate).toBeLessThan(8);
  }, 120_000);

  it("equals that of a load from scratch after refreshes under mutations and faults, and nothing remains open", async () => {
    const organization = generateOrganization({ workbooks: 15, seed: 6 });
    const result = await soak({ organization, refreshes: 8, seed: 3, sampleEvery: 2 });
    expect(result.problems).toEqual([]);
    expect(result.samples).toHaveLength(4);
  }, 120_000);
});

describe("a damaged state, cache or journal", () => {
  it("never changes the result of a load, and is reported or rebuilt", async () => {
    const organization = generateOrganization({ workbooks: 8, seed: 21 });
    const options = { organization, damages: 75, seed: 5, mendEvery: 20, fetchColumnData: false };
    const { rows, mended, problems } = await damageFiles(options);
    expect(problems).toEqual([]);
    expect(rows).toHaveLength(45);
    expect(mended).toBe(4);
  }, 60_000);
});
