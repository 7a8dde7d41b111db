import { generateOrganization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import { buildOrganizationObjects } from "../src/derive/objects/build-organization-objects.ts";
import { fetchState } from "../src/fetch/fetch-state.ts";
import { SigmaOrganization } from "../src/index.ts";
import { wholeOrganization } from "./build-state.ts";
import { judgeColumns } from "./true-columns.ts";
import { judgeEdges } from "./true-edges.ts";

const organizations = 40;

describe("the lineage of a generated organization", () => {
  it("has all expected edges and no others, and 99 % of the column edges", async () => {
    const wrong: string[] = [];
    const columns = { found: 0, actual: 0 };
    let edges = 0;
    for (let seed = 1; seed <= organizations; seed++) {
      const organization = generateOrganization({ workbooks: 10 + (seed % 5) * 8, seed });
      const sandbox = await startSandbox({ organization });
      const { state, requests } = await fetchState(new SigmaOrganization(sandbox), wholeOrganization);
      await sandbox.close();
      const judged = judgeEdges(organization, buildOrganizationObjects(state).objects);
      const judgedColumns = judgeColumns(organization, state);
      edges += judged.actual.size;
      columns.actual += judgedColumns.actual.size;
      for (const { found, actual } of [judged, judgedColumns]) {
        for (const edge of found) if (!actual.has(edge)) wrong.push(`seed ${seed}, made up: ${edge}`);
      }
      for (const edge of judged.actual)
        if (!judged.found.has(edge)) wrong.push(`seed ${seed}, missing: ${edge}`);
      for (const edge of judgedColumns.actual) if (judgedColumns.found.has(edge)) columns.found++;
      // In addition to workbooks, there are calls for data models, datasets, tables and the listings.
      expect(
        sandbox.log.counts["GET /v2/workbooks/{workbookId}/lineage/elements/{elementId}"],
      ).toBeUndefined();
      expect(requests).toBeGreaterThan(0);
    }
    expect(wrong).toEqual([]);
    expect(edges).toBeGreaterThan(3_000);
    expect(columns.actual).toBeGreaterThan(20_000);
    expect(columns.found / columns.actual).toBeGreaterThan(0.99);
  }, 120_000);

  it("takes at most four calls per workbook, including all other calls", async () => {
    const organization = generateOrganization({ workbooks: 300, seed: 5 });
    const sandbox = await startSandbox({ organization });
    const { requests } = await fetchState(new SigmaOrganization(sandbox), wholeOrganization);
    await sandbox.close();
    expect(requests / organization.workbooks.filter(({ isArchived }) => !isArchived).length).toBeLessThan(4);
  }, 60_000);
});
