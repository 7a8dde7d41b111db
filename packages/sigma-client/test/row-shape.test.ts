import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as connections from "../src/rows/connections.ts";
import * as datasets from "../src/rows/datasets.ts";
import * as content from "../src/rows/document-content.ts";
import * as documents from "../src/rows/documents.ts";
import * as files from "../src/rows/files.ts";
import * as lineage from "../src/rows/lineage.ts";
import * as materializations from "../src/rows/materializations.ts";
import * as people from "../src/rows/people.ts";
import * as places from "../src/rows/places.ts";
import { isValidRow, readRow } from "../src/rows/read-row.ts";
import type { RowShape } from "../src/rows/row-shape.ts";
import * as token from "../src/rows/token.ts";

const shapes: Readonly<Record<string, RowShape<unknown>>> = {
  ...connections,
  ...datasets,
  ...content,
  ...documents,
  ...files,
  ...lineage,
  ...materializations,
  ...people,
  ...places,
  ...token,
};

/** A valid row of each shape that has needed fields. */
const neededFields: Readonly<Record<string, object>> = {
  connectionRow: { connectionId: "c" },
  connectionPathRow: { path: ["DB", "T"] },
  tableColumnRow: { name: "ID" },
  datasetRow: { datasetId: "d" },
  pageRow: { pageId: "p" },
  elementRow: { elementId: "e" },
  columnRow: { columnId: "c" },
  queryRow: { elementId: "e" },
  versionRow: { version: 1 },
  workbookRow: { workbookId: "w" },
  dataModelRow: { dataModelId: "m" },
  reportRow: { reportId: "r" },
  lineageRow: { type: "table" },
  materializationScheduleRow: { elementName: "E" },
  sourceRow: { type: "table" },
  startedMaterializationRow: { materializationId: "x" },
  materializationRow: { materializationId: "x", status: "ready" },
  memberRow: { memberId: "m" },
  teamRow: { teamId: "t" },
  teamMemberRow: { userId: "u" },
  whoAmIRow: { organizationId: "o" },
  workspaceRow: { workspaceId: "w" },
  versionTagRow: { versionTagId: "t" },
  tokenRow: { access_token: "a" },
};

const scalar = fc.oneof(fc.string(), fc.constantFrom(null, true, 0, 1.5, ""));
const nested = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom("type", "source", "target", "name", "cronSpec", "__proto__"), scalar),
);
const value = fc.oneof(nested, fc.array(nested, { maxLength: 3 }), fc.dictionary(fc.string(), nested));
const fieldNames = [
  ...new Set(Object.values(neededFields).flatMap((row) => Object.keys(row))),
  ...["name", "columns", "sourceIds", "tags", "type", "isArchived", "latestVersion", "updatedAt", "edges"],
  ...["dependencies", "schedule", "migrationToDataModel", "id", "urlId", "__proto__", "unknownField"],
];

describe("a row", () => {
  it.each(Object.entries(shapes))(
    "is returned as it is, or without its unreadable parts, each reported: %s",
    (name, shape) => {
      const seen = { valid: 0, mended: 0, lost: 0 };
      const fields = fc.dictionary(fc.constantFrom(...fieldNames), value, { maxKeys: 4 });
      fc.assert(
        fc.property(fc.oneof(value, fields), fc.boolean(), (some, isWhole) => {
          const isObject = typeof some === "object" && some !== null && !Array.isArray(some);
          const row: unknown = isWhole && isObject ? { ...some, ...neededFields[name] } : some;
          const before = JSON.stringify(row);
          const read = readRow(shape, row);
          expect(JSON.stringify(row)).toBe(before);
          if (read.reason !== null) {
            seen.lost++;
            expect(isValidRow(shape, row)).toBe(false);
          } else if (isValidRow(shape, row)) {
            seen.valid++;
            expect(read).toEqual({ row, leftOut: [], reason: null });
          } else {
            seen.mended++;
            expect(read.leftOut.length).toBeGreaterThan(0);
            expect(isValidRow(shape, read.row)).toBe(true);
          }
        }),
        { numRuns: 400 },
      );
      expect(seen.valid).toBeGreaterThan(10);
      expect(seen.lost + seen.mended).toBeGreaterThan(10);
    },
  );
});

describe("a part of another type", () => {
  const edge = { source: "a", target: "b" };

  it.each<[keyof typeof shapes, object, object, string, string, string]>([
    ["columnRow", { columnId: "c", name: 3 }, { columnId: "c" }, "$.name", "a string", "the number 3"],
    [
      "columnRow",
      { columnId: "c", type: 3 },
      { columnId: "c" },
      "$.type",
      "a string or an object",
      "the number 3",
    ],
    [
      "columnRow",
      { columnId: "c", type: { type: 3, x: 1 } },
      { columnId: "c", type: { x: 1 } },
      "$.type.type",
      "a string",
      "the number 3",
    ],
    [
      "elementRow",
      { elementId: "e", columns: ["A", true] },
      { elementId: "e", columns: ["A"] },
      "$.columns[1]",
      "a string",
      "the boolean true",
    ],
    ["elementRow", { elementId: "e", columns: "A" }, { elementId: "e" }, "$.columns", "an array", "a string"],
    [
      "workbookRow",
      { isArchived: 1, workbookId: "w" },
      { workbookId: "w" },
      "$.isArchived",
      "a boolean",
      "the number 1",
    ],
    [
      "workbookRow",
      { workbookId: "w", tags: [{}, { name: [] }] },
      { workbookId: "w", tags: [{}, {}] },
      "$.tags[1].name",
      "a string",
      "an array",
    ],
    [
      "elementLineageRow",
      { dependencies: { n: "x", m: {} } },
      { dependencies: { m: {} } },
      "$.dependencies.*",
      "an object",
      "a string",
    ],
    ["elementLineageRow", { dependencies: [] }, {}, "$.dependencies", "an object", "an array"],
    [
      "elementLineageRow",
      { edges: [edge, { source: "a" }] },
      { edges: [edge] },
      "$.edges[1].target",
      "a string",
      "nothing",
    ],
    [
      "datasetRow",
      { datasetId: "d", migrationToDataModel: "m" },
      { datasetId: "d" },
      "$.migrationToDataModel",
      "an object",
      "a string",
    ],
    [
      "lineageRow",
      { type: "element", elementId: "e", sourceIds: ["a", null] },
      { type: "element", elementId: "e", sourceIds: ["a"] },
      "$.sourceIds[1]",
      "a string",
      "null",
    ],
  ])("is left out of the row: %s %j", (name, row, rest, field, expected, found) => {
    const shape = shapes[name] as RowShape<unknown>;
    expect(readRow(shape, row)).toEqual({ row: rest, leftOut: [{ field, expected, found }], reason: null });
  });

  it.each<[keyof typeof shapes, unknown, string, string, string]>([
    ["columnRow", { name: "N" }, "$.columnId", "a string that is not empty", "nothing"],
    ["columnRow", [], "$", "an object", "an array"],
    ["columnRow", null, "$", "an object", "null"],
    ["connectionPathRow", { path: ["A", null, "C"] }, "$.path[1]", "a string that is not empty", "null"],
    ["lineageRow", { type: "element", elementId: 5 }, "$.elementId", "a string that is not empty", "nothing"],
    [
      "materializationScheduleRow",
      { paused: true },
      "$.elementName",
      "a string that is not empty",
      "nothing",
    ],
    ["workbookRow", { workbookId: "" }, "$.workbookId", "an id", "an empty string"],
    [
      "workbookRow",
      { workbookId: "w".repeat(2_000) },
      "$.workbookId",
      "an id",
      "a string of 2000 characters",
    ],
    ["versionRow", { version: "2" }, "$.version", "a number", "a string"],
    ["versionRow", { version: Number.NaN }, "$.version", "a number", "the number NaN"],
    ["tokenRow", { access_token: "" }, "$.access_token", "a string that is not empty", "an empty string"],
  ])("takes the row along if it is needed: %s %j", (name, row, field, expected, found) => {
    const shape = shapes[name] as RowShape<unknown>;
    expect(readRow(shape, row)).toEqual({ reason: { field, expected, found }, otherId: null });
  });

  it("is left out if it is nested too deep to be written", () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`);
    const leftOut = [{ field: "$.news", expected: "at most 100 levels", found: "an object" }];
    const read = readRow(lineage.lineageRow, { type: "table", news: deep, list: [[1]] });
    expect(JSON.stringify(read)).toBe(
      JSON.stringify({ row: { type: "table", list: [[1]] }, leftOut, reason: null }),
    );
    expect(readRow(lineage.lineageRow, { type: deep })).toMatchObject({ reason: { field: "$.type" } });
    expect(readRow(lineage.lineageRow, deep)).toMatchObject({ reason: { field: "$.type" } });
  });

  it("leaves the row's other id", () => {
    const url = "https://app.sigma.example/acme/dataset/7abc";
    expect(readRow(documents.workbookRow, { workbookId: 3, workbookUrlId: "5u" })).toMatchObject({
      otherId: "5u",
    });
    expect(readRow(documents.dataModelRow, { dataModelUrlId: "5u" })).toMatchObject({ otherId: "5u" });
    expect(readRow(datasets.datasetRow, { datasetId: null, url })).toMatchObject({ otherId: "7abc" });
    expect(readRow(documents.workbookRow, { workbookUrlId: 7 })).toMatchObject({ otherId: null });
  });
});
