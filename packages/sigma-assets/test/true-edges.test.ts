import { generateOrganization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { fetchState } from "../src/fetch/fetch-state.ts";
import { SigmaOrganization } from "../src/index.ts";
import { buildOrganizationObjects } from "../src/lineage/build-organization-objects.ts";
import { judgeEdges } from "./true-edges.ts";

const options = {
  fetchColumnData: false,
  fetchLineageData: true,
  workbookFolders: [],
  workbooks: [],
  includeUnusedDatasets: true,
};

describe("edges of generated organizations", () => {
  it.each(
    Array.from({ length: 12 }, (_, seed) => seed + 1),
  )("are all found and none made up: seed %i", async (seed) => {
    const organization = generateOrganization({ workbooks: 30, seed });
    const sandbox = await startSandbox({ organization });
    onTestFinished(() => sandbox.close());
    const { state } = await fetchState(new SigmaOrganization(sandbox), options);
    const { found, actual } = judgeEdges(organization, buildOrganizationObjects(state).objects);
    expect([...found].filter((edge) => !actual.has(edge))).toEqual([]);
    expect([...actual].filter((edge) => !found.has(edge) && !/reads dataModel/.test(edge))).toEqual([]);
    expect(actual.size).toBeGreaterThan(30);
  });
});
