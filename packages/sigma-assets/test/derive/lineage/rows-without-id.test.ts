import { describe, expect, it } from "vitest";
import { workbookSources } from "../../../src/derive/lineage/document-sources.ts";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { buildState } from "../../build-state.ts";

function stateWith(answers: object): ReturnType<typeof buildState> {
  return buildState({ workbooks: [{ id: "w", properties: { workbookId: "w", name: "W" }, ...answers }] });
}

function reads(answers: object): readonly string[] {
  return stateWith(answers).workbooks.flatMap((workbook) =>
    workbookSources(workbook).map(({ type, id }) => `${type} ${id}`),
  );
}

describe("a source row without an id", () => {
  it.each([
    ["table", { datasourceId: "d", name: "N" }, "d"],
    ["dataset", { name: "N", inodeName: "I" }, "N"],
    ["dataset", { inodeName: "I" }, "I"],
    ["data-model", { datasourceId: "d", name: "N" }, "d"],
    ["data-model", { name: "N" }, "N"],
    ["data-model", {}, "data-model"],
    ["table", {}, "table"],
  ])("in the lineage of a document is unresolved, under its best known name: %s %j", (type, ids, id) => {
    expect(reads({ lineage: [{ type, ...ids }] })).toEqual([`unresolved ${id}`]);
  });

  it.each(["table", "dataset", "data-model"])("in the sources of a document is unresolved: %s", (type) => {
    expect(reads({ lineage: [], sources: [{ type }] })).toEqual([`unresolved ${type}`]);
  });

  it("is reported, and the workbook counts as incomplete", () => {
    const { diagnostics, outcomes } = buildOrganizationObjects(
      stateWith({ lineage: [], sources: [{ type: "data-model" }] }),
    );
    expect(diagnostics).toMatchObject([
      { code: "SOURCE_UNRESOLVED", message: expect.stringContaining('The source "data-model"') },
    ]);
    expect(outcomes.find(({ what }) => what === "workbook")?.counts["incomplete"]).toBe(1);
  });
});
