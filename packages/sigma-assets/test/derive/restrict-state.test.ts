import { describe, expect, it } from "vitest";
import { restrictState } from "../../src/derive/restrict-state.ts";
import { buildState, uuid, wholeOrganization } from "../build-state.ts";

const failure = { code: "SIGMA_SERVER", status: 500, sigmaCode: null, message: "" };
const details = {
  elements: [{ elementId: "e" }],
  columns: [{ columnId: "c", elementId: "e" }],
  materializationSchedules: [{ sheetId: "s" }],
  spec: { elements: [] },
  failures: ["columns", "spec", "materializationSchedules"].map((subject) => ({ ...failure, subject })),
  unreadable: ["columns", "lineage", "materialization-schedules"].map((part) => ({
    route: `GET /v2/workbooks/{id}/${part}`,
  })),
};
const properties = { workbookId: uuid("1"), name: "One", path: "Finance" };
const state = buildState({
  workbooks: [
    { id: uuid("1"), properties },
    { id: uuid("2"), properties, ...details },
  ],
  dataModels: [{ id: uuid("3"), properties: {} }],
  datasets: [{ id: uuid("4"), properties: {} }],
});
const all = { ...wholeOrganization, spec: true, materializationSchedules: true } as const;

describe("restrictState", () => {
  it("keeps the documents themselves where the options request everything that they contain", () => {
    const same = restrictState(state, all);
    expect(same).toEqual(state);
    for (const list of ["workbooks", "dataModels", "datasets"] as const)
      for (const [index, document] of same[list].entries()) expect(document).toBe(state[list][index]);
    // The first workbook has neither.
    expect(restrictState(state, wholeOrganization).workbooks[0]).toBe(state.workbooks[0]);
  });

  it("removes what is not requested, with its failures and unreadable parts", () => {
    const [, some] = restrictState(state, wholeOrganization).workbooks;
    expect(some?.failures.map(({ subject }) => subject)).toEqual(["columns"]);
    expect(some?.unreadable?.map(({ route }) => route.split("/").at(-1))).toEqual(["columns", "lineage"]);
    expect(some).toMatchObject({ materializationSchedules: null, columns: details.columns });
    expect(some).not.toHaveProperty("spec");

    const [, noColumns] = restrictState(state, { ...all, fetchColumnData: false }).workbooks;
    expect(noColumns).toMatchObject({ columns: null, elements: null, sqlColumns: null, lineage: [] });
    expect(noColumns?.unreadable?.map(({ route }) => route.split("/").at(-1))).toEqual([
      "lineage",
      "materialization-schedules",
    ]);

    const { workbooks, dataModels, datasets } = restrictState(state, { ...all, fetchLineageData: false });
    expect(workbooks[1]).toMatchObject({ lineage: null, sources: null, elementLineage: null, queries: [] });
    expect(dataModels[0]).toMatchObject({ lineage: null, sources: null });
    expect(datasets[0]).toMatchObject({ sources: null, queries: null });
  });
});
