import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import * as connections from "../src/rows/connections.ts";
import * as datasets from "../src/rows/datasets.ts";
import * as content from "../src/rows/document-content.ts";
import * as documents from "../src/rows/documents.ts";
import * as files from "../src/rows/files.ts";
import * as lineage from "../src/rows/lineage.ts";
import * as materializations from "../src/rows/materializations.ts";
import { parseRow } from "../src/rows/parse-row.ts";
import * as people from "../src/rows/people.ts";
import * as places from "../src/rows/places.ts";
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

const scalar = fc.oneof(
  { weight: 6, arbitrary: fc.string() },
  { weight: 2, arbitrary: fc.constantFrom(null, undefined, true, 0, 1.5) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY) },
);
const nested = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  {
    weight: 2,
    arbitrary: fc.dictionary(fc.constantFrom("type", "source", "target", "name", "cronSpec"), scalar),
  },
);
const value = fc.oneof(
  { weight: 6, arbitrary: nested },
  { weight: 2, arbitrary: fc.array(nested, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.string().filter(isNoPrototype), nested, { maxKeys: 3 }) },
);

/** Zod ignores the value of this key; the quick check does not. */
function isNoPrototype(key: string): boolean {
  return key !== "__proto__";
}

/** Rows with most of their required fields, some optional ones and one unknown field. */
function rowsOf({ schema }: RowShape<unknown>): fc.Arbitrary<unknown> {
  if (!(schema instanceof z.ZodObject)) throw new Error("not the shape of a row");
  const required = (schema.safeParse({}).error?.issues ?? []).map((issue) => {
    const expected = issue.code === "invalid_type" ? issue.expected : "";
    return [
      String(issue.path[0]),
      fc.oneof({ weight: 9, arbitrary: fitting[expected] ?? value }, value),
    ] as const;
  });
  const names = required.map(([name]) => name);
  const optional = Object.keys(schema.shape).filter((name) => !names.includes(name));
  return fc
    .tuple(
      fc.record(Object.fromEntries(required)),
      fc.dictionary(fc.constantFrom(...optional, "unknownField"), value, { maxKeys: 3 }),
    )
    .map(([some, others]) => ({ ...others, ...some }));
}

const fitting: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  string: fc.string(),
  number: fc.integer(),
  array: fc.array(fc.string()),
};

describe("the quick check of a row", () => {
  it.each(Object.entries(shapes))("accepts exactly what zod accepts: %s", (_name, shape) => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: rowsOf(shape) }, value), (row) => {
        const { success, data } = shape.schema.safeParse(row);
        expect(shape.fits(row)).toBe(success);
        if (success) expect(data).toEqual(row);
        seen[success ? "accepted" : "refused"]++;
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(50);
  });
});

describe("an invalid row", () => {
  const edge = { source: "a", target: "b" };

  it.each<[keyof typeof shapes, unknown, string, string, string]>([
    ["columnRow", { name: "N" }, "$.columnId", "string", "nothing"],
    ["columnRow", { columnId: "c", name: 3, label: 4 }, "$.name", "string", "the number 3"],
    ["columnRow", { columnId: "c", type: 3 }, "$.type", "Invalid input", "the number 3"],
    ["columnRow", { columnId: "c", type: { type: 3 } }, "$.type", "Invalid input", "an object"],
    ["columnRow", [], "$", "object", "an array"],
    ["columnRow", null, "$", "object", "null"],
    ["elementRow", { elementId: "e", columns: ["A", true] }, "$.columns[1]", "string", "the boolean true"],
    ["elementRow", { elementId: "e", columns: "A" }, "$.columns", "array", "a string"],
    ["versionRow", { version: "2" }, "$.version", "number", "a string"],
    ["versionRow", { version: Number.NaN }, "$.version", "number", "the number NaN"],
    ["workbookRow", { isArchived: 1, workbookId: "w" }, "$.isArchived", "boolean", "the number 1"],
    ["workbookRow", { workbookId: "w", tags: [{}, { name: 1 }] }, "$.tags[1].name", "string", "the number 1"],
    ["elementLineageRow", { dependencies: { n: "x" } }, "$.dependencies.n", "object", "a string"],
    ["elementLineageRow", { dependencies: [] }, "$.dependencies", "record", "an array"],
    ["elementLineageRow", { edges: [edge, { source: "a" }] }, "$.edges[1].target", "string", "nothing"],
    [
      "datasetRow",
      { datasetId: "d", migrationToDataModel: "m" },
      "$.migrationToDataModel",
      "object",
      "a string",
    ],
    [
      "tokenRow",
      { access_token: "" },
      "$.access_token",
      "Too small: expected string to have >=1 characters",
      "a string",
    ],
  ])("throws an error that names its first invalid field: %s %j", (name, row, jsonPath, expected, found) => {
    const call = { endpoint: "GET /v2/rows", tries: 1 };
    const shape = shapes[name] as RowShape<unknown>;
    expect(() => parseRow(shape, row, call, "$")).toThrow(
      expect.objectContaining({ code: "SIGMA_RESPONSE_SHAPE", jsonPath, expected, found }),
    );
  });
});
