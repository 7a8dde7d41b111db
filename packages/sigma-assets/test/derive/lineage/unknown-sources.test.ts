import { describe, expect, it } from "vitest";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { buildState, uuid } from "../../build-state.ts";

function messagesOf(lineage: readonly object[]): readonly string[] {
  const workbook = { id: uuid("a1"), properties: { workbookId: uuid("a1"), name: "Board" }, lineage };
  return buildOrganizationObjects(buildState({ workbooks: [workbook] })).diagnostics.map(
    ({ code, message }) => `${code} ${message.split(". ")[0]}`,
  );
}

const text = { type: "element", elementId: "t", sourceIds: [] };

describe("a lineage row of an unknown type", () => {
  it("is reported if an element refers to it, and if none does", () => {
    const rows = [
      { type: "space-map", csvId: "x", name: "Map" },
      { type: "orbit", orbitId: "o" },
      { type: "orbit", orbitId: "p" },
    ];
    const reported = [
      'SOURCE_KIND_UNKNOWN The workbook "Board" reads a space-map "Map"',
      'SOURCE_KIND_UNKNOWN The workbook "Board" reads a orbit',
      'SOURCE_KIND_UNKNOWN The workbook "Board" reads a orbit',
    ];
    expect(messagesOf([text, ...rows])).toEqual(reported);
    expect(messagesOf([{ ...text, sourceIds: ["x"] }, ...rows])).toEqual(reported);
  });

  it("is not reported without an id; neither is a known source to which no element refers", () => {
    expect(messagesOf([text, { type: "note", name: "Read me" }])).toEqual([]);
    expect(
      messagesOf([text, { type: "table", inodeId: uuid("b1") }, { type: "csv-upload", csvId: "c" }]),
    ).toEqual([]);
  });
});
