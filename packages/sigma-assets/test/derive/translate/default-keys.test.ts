import { cleanName } from "@dagster-sigma/asset-graph";
import type { Diagnostic } from "@dagster-sigma/foundation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { assignDefaultKeys, type KeyOptions } from "../../../src/derive/translate/default-keys.ts";
import { buildState, uuid } from "../../build-state.ts";

interface Thing {
  readonly type: "workbooks" | "dataModels" | "datasets";
  readonly id: string;
  readonly name: string;
  readonly path?: string;
  readonly createdAt?: string;
  readonly migratedTo?: string;
}

const idField = { workbooks: "workbookId", dataModels: "dataModelId", datasets: "datasetId" };

function keysOf(
  things: readonly Thing[],
  options: Partial<KeyOptions> = {},
): {
  readonly keys: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const rows = (type: Thing["type"]): readonly object[] =>
    things
      .filter((thing) => thing.type === type)
      .map(({ id, name, path, createdAt, migratedTo }) => ({
        id,
        properties: {
          [idField[type]]: id,
          name,
          path: path ?? "P",
          createdAt,
          ...(migratedTo === undefined ? {} : { migrationToDataModel: { dataModelId: migratedTo } }),
        },
      }));
  const state = buildState({
    workbooks: rows("workbooks"),
    dataModels: rows("dataModels"),
    datasets: rows("datasets"),
  });
  const diagnostics: Diagnostic[] = [];
  const keys = assignDefaultKeys(
    buildOrganizationObjects(state).objects,
    { strategy: "name", renames: {}, ...options },
    diagnostics,
  );
  return { keys: Object.fromEntries([...keys].map(([id, key]) => [id, key.toUserString()])), diagnostics };
}

const [a, b, c] = [uuid("aaaa"), uuid("bbbb"), uuid("cccc")];

describe("a default key", () => {
  it("is the cleaned name", () => {
    expect(keysOf([{ type: "workbooks", id: a, name: "Sample Workbook" }]).keys).toEqual({
      [a]: "Sample_Workbook",
    });
  });

  it("goes to the oldest object, then to the lowest id; an unknown age comes last", () => {
    const { keys, diagnostics } = keysOf([
      { type: "workbooks", id: a, name: "Sales" },
      { type: "datasets", id: b, name: "Sales", createdAt: "2025-01-01T00:00:00Z" },
      {
        type: "workbooks",
        id: c,
        name: "sales!".replace("s", "S").slice(0, 5),
        path: "Finance",
        createdAt: "2024-01-01T00:00:00Z",
      },
    ]);
    expect(keys).toEqual({ [a]: "Sales_aaaa0000", [b]: "Sales_bbbb0000", [c]: "Sales" });
    expect(diagnostics.map(({ code, object }) => [code, object?.id])).toEqual([
      ["KEY_COLLISION", b],
      ["KEY_COLLISION", a],
    ]);
    expect(diagnostics[0]?.message).toContain(
      'The key "Sales" belongs to the workbook "Sales" in "Finance", so the dataset "Sales" in "P" has the key "Sales_bbbb0000".',
    );
  });

  it("goes to workbooks and datasets before data models of any age", () => {
    const { keys } = keysOf([
      { type: "dataModels", id: a, name: "Orders", createdAt: "2020-01-01T00:00:00Z" },
      { type: "workbooks", id: b, name: "Orders", createdAt: "2026-01-01T00:00:00Z" },
    ]);
    expect(keys).toEqual({ [a]: "Orders_aaaa0000", [b]: "Orders" });
  });

  it("causes no diagnostic for a data model with the name of its migrated dataset", () => {
    const { keys, diagnostics } = keysOf([
      { type: "datasets", id: a, name: "Customers", migratedTo: b },
      { type: "dataModels", id: b, name: "Customers" },
    ]);
    expect(keys).toEqual({ [a]: "Customers", [b]: "Customers_bbbb0000" });
    expect(diagnostics).toEqual([]);
  });

  it("uses more digits of the id if the suffixed key is taken", () => {
    const { keys } = keysOf([
      { type: "workbooks", id: a, name: "X", createdAt: "2024-01-01T00:00:00Z" },
      { type: "workbooks", id: b, name: "X" },
      { type: "workbooks", id: c, name: "X_bbbb0000" },
    ]);
    expect(keys).toEqual({ [a]: "X", [b]: "X_bbbb00000000", [c]: "X_bbbb0000" });
  });

  it("exists for names without valid characters, empty names, and ids that are not UUIDs", () => {
    const { keys } = keysOf([
      { type: "workbooks", id: "w/1", name: "売上" },
      { type: "workbooks", id: "w/2", name: "顧客" },
      { type: "workbooks", id: "w/3", name: "" },
    ]);
    expect(new Set(Object.values(keys))).toEqual(new Set(["_", "__w_2", "w_3"]));
  });

  it("is unique, valid and independent of the listing order", () => {
    const name = fc.oneof(
      fc.constantFrom("Sales", "Sales - EU", "Sales/EU", "売上", "", "Sales_00000000", "Sales_EU", "sales"),
      fc.constantFrom("Sales\\EU", "Sales/", "S", "Sales_aaaaaaaa", "Sales_aaaaaaaa0000", "_", "constructor"),
      fc.string({ maxLength: 6 }),
    );
    // Most suffixes are the first digits of an id: these ids share as many digits as possible.
    const id = fc.oneof(
      fc.integer({ min: 0, max: 30 }).map((last) => `aaaaaaaa-0000-4000-8000-0000000000${10 + last}`),
      fc.constantFrom("a/1", "a_1", "a-1", "a1", "a\\1", "aaaaaaaa", "aaaaaaaa0000"),
      fc.uuid(),
    );
    const thing = fc.record<Thing>({
      type: fc.constantFrom("workbooks", "dataModels", "datasets"),
      id,
      name,
      createdAt: fc.constantFrom("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z", "not a date"),
    });
    const things = fc.uniqueArray(thing, { selector: ({ id }) => id, maxLength: 25 });
    fc.assert(
      fc.property(
        things.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          const { keys, diagnostics } = keysOf(list);
          expect(Object.keys(keys)).toHaveLength(list.length);
          expect(new Set(Object.values(keys)).size).toBe(list.length);
          for (const key of Object.values(keys)) expect(key).toMatch(/^[A-Za-z0-9_]+$/);
          expect(keysOf(shuffled)).toEqual({ keys, diagnostics });
          const plain = new Set(list.map((each) => cleanName(each.name || each.id) || "_"));
          for (const key of plain) expect(Object.values(keys)).toContain(key);
        },
      ),
    );
  });
});

describe("keyStrategy", () => {
  const two: readonly Thing[] = [
    { type: "workbooks", id: a, name: "Sales - EU", path: "Finance/Board" },
    { type: "dataModels", id: b, name: "Sales - EU", path: "Finance/Models" },
  ];

  it("path: builds keys from folders and name; only objects in one folder can collide", () => {
    const { keys, diagnostics } = keysOf(two, { strategy: "path" });
    expect(keys).toEqual({ [a]: "Finance/Board/Sales_EU", [b]: "Finance/Models/Sales_EU" });
    expect(diagnostics).toEqual([]);
  });

  it("path: has no segment for a folder without a name", () => {
    const { keys } = keysOf(
      [
        { type: "workbooks", id: a, name: "Sales", path: "/Finance//Board/" },
        { type: "workbooks", id: b, name: "Sales", path: "//" },
        { type: "workbooks", id: c, name: "Sales", path: "売上/Board" },
      ],
      { strategy: "path" },
    );
    expect(keys).toEqual({ [a]: "Finance/Board/Sales", [b]: "Sales", [c]: "_/Board/Sales" });
  });

  it("id: builds keys that do not change if an object is renamed or moved", () => {
    const { keys } = keysOf(two, { strategy: "id" });
    expect(keys).toEqual({
      [a]: `workbook_${a.replaceAll("-", "")}`,
      [b]: `data_model_${b.replaceAll("-", "")}`,
    });
    const moved = two.map((thing) => ({ ...thing, name: "Other", path: "Elsewhere" }));
    expect(keysOf(moved, { strategy: "id" }).keys).toEqual(keys);
  });

  it("accepts renames by id or default key, which take precedence", () => {
    expect(keysOf(two, { renames: { [b]: ["models", "sales"] } }).keys).toEqual({
      [a]: "Sales_EU",
      [b]: "models/sales",
    });
    const { keys } = keysOf(
      [
        { type: "workbooks", id: a, name: "Old" },
        { type: "workbooks", id: b, name: "New" },
      ],
      { renames: { New: "Old" } },
    );
    expect(keys[b]).toBe("Old");
    expect(keys[a]).toMatch(/^Old_/);
  });

  it("never gives two objects the same key, for any strategy and names", () => {
    const name = fc.oneof(
      fc.constantFrom("a", "A", "a b", "a-b", "a/b", "a\\b", "", "売上"),
      fc.string({ maxLength: 4 }),
    );
    const path = fc.constantFrom("", "a", "A", "a/", "/a", "a/b", "a//b", "a\\/b", "a b", "//");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, path), { maxLength: 8 }),
        fc.constantFrom("name", "path", "id"),
        (things, strategy) => {
          const objects = things.map(([text, folder], index) => ({
            type: "workbooks" as const,
            id: uuid(`a${index}`),
            name: text,
            path: folder,
          }));
          const { keys } = keysOf(objects, { strategy });
          expect(new Set(Object.values(keys)).size).toBe(objects.length);
          expect(keysOf([...objects].reverse(), { strategy }).keys).toEqual(keys);
        },
      ),
    );
  });
});
