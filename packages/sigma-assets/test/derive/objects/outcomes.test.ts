import type { OutcomeCounts } from "@dagster-sigma/asset-graph";
import { generateOrganization, type Organization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { restrictState } from "../../../src/derive/restrict-state.ts";
import { fetchState } from "../../../src/fetch/fetch-state.ts";
import { SigmaOrganization } from "../../../src/index.ts";
import { buildState, uuid, wholeOrganization } from "../../build-state.ts";

type Options = Parameters<typeof buildOrganizationObjects>[1];

async function outcomesOf(
  organization: Organization,
  options: Partial<typeof wholeOrganization> = {},
  join: Options = { workbookColumns: true },
): Promise<ReadonlyMap<string, OutcomeCounts["counts"]>> {
  const sandbox = await startSandbox({ organization });
  try {
    const asked = { ...wholeOrganization, ...options };
    const { state } = await fetchState(new SigmaOrganization(sandbox), asked);
    const { outcomes } = buildOrganizationObjects(restrictState(state, asked), join);
    return new Map(outcomes.map(({ what, counts }) => [what, counts]));
  } finally {
    await sandbox.close();
  }
}

function sum(counts: OutcomeCounts["counts"] | undefined): number {
  return Object.values(counts ?? {}).reduce((total, count) => total + count, 0);
}

describe("countOutcomes", () => {
  it("counts each object of the organization once", async () => {
    for (const seed of [3, 4, 5]) {
      const organization = generateOrganization({ workbooks: 25, seed });
      const outcomes = await outcomesOf(organization);
      const workbooks = organization.workbooks.filter(({ isArchived }) => !isArchived);
      const archivedModels = organization.dataModels.filter(({ isArchived }) => isArchived);
      // Archived models with readers are fetched by id, in addition to the listing.
      expect(sum(outcomes.get("workbook"))).toBe(workbooks.length);
      expect(sum(outcomes.get("dataset"))).toBe(organization.datasets.length);
      expect(sum(outcomes.get("dataModel"))).toBeGreaterThanOrEqual(
        organization.dataModels.length - archivedModels.length,
      );
      const models = organization.dataModels.filter(({ isArchived }) => !isArchived);
      const elements = [...workbooks, ...models].flatMap(({ content }) =>
        content.pages.flatMap((page) => page.elements),
      );
      expect(sum(outcomes.get("element"))).toBe(elements.length);
      expect(sum(outcomes.get("column"))).toBe(
        elements.reduce((total, { columns }) => total + columns.length, 0),
      );
    }
  }, 60_000);

  it("counts objects that a filter and an option exclude", async () => {
    const organization = generateOrganization({ workbooks: 20, seed: 8 });
    const [folder = ""] = (organization.workbooks[0]?.path ?? "").split("/");
    const all = await outcomesOf(organization);
    const some = await outcomesOf(
      organization,
      { workbookFolders: [[folder]], includeUnusedDatasets: false },
      { workbookColumns: false },
    );
    for (const what of ["workbook", "dataModel", "dataset"])
      expect(sum(some.get(what))).toBe(sum(all.get(what)));
    expect(some.get("workbook")?.["notAsked"]).toBeGreaterThan(0);
    expect(some.get("column")?.["notAsked"]).toBeGreaterThan(0);
    expect(all.get("column")?.["notAsked"]).toBe(0);
  }, 60_000);

  it("distinguishes missing, unavailable and stale sources", () => {
    const table = { type: "table", inodeId: uuid("a"), name: "A" };
    const element = (sourceIds: readonly string[] | null): object => ({
      type: "element",
      elementId: "e",
      sourceIds,
    });
    const failure = {
      subject: "lineage",
      code: "SIGMA_SERVER",
      status: 503,
      sigmaCode: null,
      message: "down",
    };
    const row = (id: string, more: object): object => ({
      id,
      properties: { workbookId: id, name: id },
      ...more,
    });
    const state = buildState({
      tables: [{ id: uuid("a"), path: ["DB", "S", "A"], connectionId: null }],
      workbooks: [
        row("w1", { lineage: [table, element([uuid("a")])] }),
        row("w2", { lineage: [{ ...table, inodeId: uuid("b") }, element([uuid("b")])] }),
        row("w3", { lineage: [element([])] }),
        row("w4", { lineage: null, failures: [failure] }),
        row("w5", {
          lineage: [table, element([uuid("a")])],
          failures: [failure],
          staleSince: "2026-01-01T00:00:00Z",
        }),
        // Only its columns are stale; its sources were returned or denied in this fetch.
        row("w6", {
          lineage: [table, element([uuid("a")])],
          failures: [{ ...failure, subject: "columns" }],
          staleSince: "2026-01-01T00:00:00Z",
        }),
        row("w7", {
          lineage: null,
          failures: [
            { ...failure, status: 403 },
            { ...failure, subject: "columns" },
          ],
          staleSince: "2026-01-01T00:00:00Z",
        }),
      ],
      datasets: [
        {
          id: uuid("d"),
          properties: { datasetId: uuid("d"), name: "d" },
          sources: [{ type: "table", inodeId: uuid("a") }],
          failures: [{ ...failure, subject: "datasetSources" }],
          staleSince: "2026-01-01T00:00:00Z",
        },
      ],
    });
    const { outcomes } = buildOrganizationObjects(state);
    const counts = { complete: 2, inferred: 0, incomplete: 1, withoutSources: 1, stale: 1, notAsked: 0 };
    expect(outcomes.find(({ what }) => what === "workbook")?.counts).toEqual({ ...counts, unavailable: 2 });
    expect(outcomes.find(({ what }) => what === "dataset")?.counts).toMatchObject({ stale: 1, complete: 0 });
    expect(outcomes.find(({ what }) => what === "element")?.counts).toEqual({ ...counts, unavailable: 0 });
  });
});
