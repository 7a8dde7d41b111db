import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { columnRow, elementRow } from "../src/rows/document-content.ts";
import { elementLineageRow, lineageRow, sourceRow } from "../src/rows/lineage.ts";
import { surelyFits } from "../src/rows/quick-check.ts";

const schemas = { columnRow, elementRow, lineageRow, sourceRow, elementLineageRow };
const scalar = fc.oneof(
  fc.string(),
  fc.constantFrom(null, undefined, true, 0, Number.NaN, Number.POSITIVE_INFINITY),
  fc.array(fc.oneof(fc.string(), fc.integer())),
  fc.dictionary(fc.constantFrom("type", "other"), fc.oneof(fc.string(), fc.integer())),
);

it.each(Object.entries(schemas))("is sure of nothing that %s refuses", (_name, schema) => {
  const names = ["elementId", "columnId", "type", "name", "columns", "sourceIds", "edges", "odd"];
  const value = fc.oneof(
    fc.dictionary(fc.constantFrom(...names), scalar),
    scalar,
    fc.record({ elementId: fc.string(), columnId: fc.string(), type: fc.string() }),
  );
  let sure = 0;
  fc.assert(
    fc.property(value, (row) => {
      if (!surelyFits(schema, row)) return;
      sure++;
      expect(schema.safeParse(row).success).toBe(true);
    }),
    { numRuns: 3_000 },
  );
  expect(sure).toBeGreaterThan(300);
});

it("leaves to the whole check what it does not know", () => {
  expect(surelyFits(z.string().min(2), "a")).toBe(false);
  expect(surelyFits(z.strictObject({}), { odd: 1 })).toBe(false);
  expect(surelyFits(z.email(), "no address")).toBe(false);
  expect(surelyFits(z.int(), 1.5)).toBe(false);
  expect(surelyFits(z.coerce.number(), 1)).toBe(false);
  expect(surelyFits(z.string().transform(Number), "1")).toBe(false);
});
