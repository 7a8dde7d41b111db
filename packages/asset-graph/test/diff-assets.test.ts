import { describe, expect, it } from "vitest";
import {
  AssetSpec,
  type AssetSpecAttributes,
  diffAssets,
  type OriginObject,
  TableColumnDep,
  TableColumnLineage,
  TableSchema,
} from "../src/index.ts";

function asset(
  object: Partial<OriginObject> | null,
  attributes: Partial<AssetSpecAttributes> = {},
): AssetSpec {
  const whole = { tool: "t", type: "report", id: "1", organization: null, version: 1, ...object };
  const origin = { label: "x", load: null, object: object === null ? null : whole };
  return new AssetSpec({ key: "a", ...attributes, origin });
}

describe("diffAssets", () => {
  it("matches assets by their object, for any keys, kinds and metadata", () => {
    const before = [asset({}, { kinds: ["x"], presentation: { name: "Old" } })];
    const now = [asset({ version: 2 }, { key: "b", presentation: { name: "New" }, deps: ["t"] })];
    const { added, removed, changed } = diffAssets(before, now);
    expect([added, removed]).toEqual([[], []]);
    expect(changed).toEqual([
      {
        key: "b",
        name: "New",
        before: { key: "a", name: "Old" },
        folders: null,
        addedDeps: ["t"],
        removedDeps: [],
        addedColumns: [],
        removedColumns: [],
        rewiredColumns: [],
        addedOwners: [],
        removedOwners: [],
        versions: [1, 2],
        breaks: [],
      },
    ]);
  });

  it("distinguishes objects with the same id if their types or tools differ", () => {
    const { added, removed } = diffAssets(
      [asset({ type: "report" })],
      [asset({ type: "cube" }), asset({ tool: "other" }, { key: "b" })],
    );
    expect([added.length, removed.length]).toEqual([2, 1]);
  });

  it("matches objects if one organization is unknown, and distinguishes two organizations with equal ids", () => {
    expect(diffAssets([asset({ organization: null })], [asset({ organization: "o" })])).toEqual({
      added: [],
      removed: [],
      changed: [],
    });
    const both = (one: number, two: number): readonly AssetSpec[] => [
      asset({ organization: "one", version: one }),
      asset({ organization: "two", version: two }, { key: "b" }),
    ];
    for (const [now, keys] of [
      [both(1, 2), ["b"]],
      [both(2, 1), ["a"]],
    ] as const) {
      const { added, removed, changed } = diffAssets(both(1, 1), now);
      expect([added, removed, changed.map(({ key }) => key)]).toEqual([[], [], keys]);
    }
  });

  it("matches assets by key if they have no object", () => {
    const { added, removed, changed } = diffAssets([asset(null)], [asset(null, { key: "b" })]);
    expect([added, removed, changed]).toEqual([
      [{ key: "b", name: "b" }],
      [{ key: "a", name: "a", breaks: [] }],
      [],
    ]);
    const plain = new AssetSpec({ key: "a" });
    expect(diffAssets([plain], [plain])).toEqual({ added: [], removed: [], changed: [] });
  });

  it("lists all columns of an asset that had no schema as added", () => {
    const schema = new TableSchema({ columns: [{ name: "net" }] });
    const now = asset(null, { metadata: { "dagster/column_schema": schema } });
    expect(diffAssets([asset(null)], [now]).changed).toMatchObject([
      { addedColumns: ["net"], removedColumns: [], rewiredColumns: [] },
    ]);
  });

  it("lists columns that were added, were removed, or have different sources", () => {
    const withColumns = (columns: Readonly<Record<string, readonly string[]>>): AssetSpec => {
      const deps = Object.entries(columns).map(
        ([name, from]) => [name, from.map((column) => new TableColumnDep("t", column))] as const,
      );
      return asset(null, {
        deps: ["t"],
        metadata: {
          "dagster/column_schema": new TableSchema({
            columns: Object.keys(columns).map((name) => ({ name })),
          }),
          "dagster/column_lineage": new TableColumnLineage(Object.fromEntries(deps)),
        },
      });
    };
    const before = withColumns({ same: ["a", "b"], other: ["a"], gone: ["a"], constructor: [] });
    const now = withColumns({ other: ["b"], new: ["a"], same: ["b", "a"], constructor: [] });
    expect(diffAssets([before], [now]).changed).toMatchObject([
      {
        addedColumns: ["new"],
        removedColumns: ["gone"],
        rewiredColumns: ["other"],
        versions: null,
        before: null,
      },
    ]);
    expect(diffAssets([before], [before]).changed).toEqual([]);
  });

  it("treats a column without lineage like a column without sources, for any name", () => {
    const schema = new TableSchema({ columns: [{ name: "constructor" }, { name: "net" }] });
    const lineage = new TableColumnLineage({ constructor: [], net: [] });
    const without = asset(null, { metadata: { "dagster/column_schema": schema } });
    const withLineage = asset(null, {
      metadata: { "dagster/column_schema": schema, "dagster/column_lineage": lineage },
    });
    expect(diffAssets([without], [withLineage]).changed).toEqual([]);
  });

  it.each<[string, AssetSpec, AssetSpec, object]>([
    [
      "one dependency was removed",
      asset(null, { deps: ["t", "u"] }),
      asset(null, { deps: ["u"] }),
      { removedDeps: ["t"] },
    ],
    ["one dependency was added", asset(null), asset(null, { deps: ["t"] }), { addedDeps: ["t"] }],
    [
      "the folder changed",
      asset({}, { presentation: { name: "a", folder: ["Sales"] } }),
      asset({}, { presentation: { name: "a", folder: ["Sales", "Old"] } }),
      { folders: [["Sales"], ["Sales", "Old"]] },
    ],
    [
      "an owner replaced another",
      asset(null, { owners: ["ann@x.org", "ben@x.org"] }),
      asset(null, { owners: ["ben@x.org", "eve@x.org"] }),
      { addedOwners: ["eve@x.org"], removedOwners: ["ann@x.org"] },
    ],
    ["the version was removed", asset({ version: 3 }), asset({ version: null }), { versions: [3, null] }],
    [
      "only the name changed",
      asset({}, { presentation: { name: "A" } }),
      asset({}, { presentation: { name: "B" } }),
      { before: { key: "a", name: "A" }, name: "B" },
    ],
    [
      "only the key changed",
      asset({}, { presentation: { name: "A" } }),
      asset({}, { key: "b", presentation: { name: "A" } }),
      { key: "b", before: { key: "a", name: "A" }, name: "A" },
    ],
  ])("reports only the change if %s", (_what, before, now, change) => {
    const nothing = {
      addedDeps: [],
      removedDeps: [],
      addedColumns: [],
      removedColumns: [],
      rewiredColumns: [],
      folders: null,
      addedOwners: [],
      removedOwners: [],
      breaks: [],
    };
    expect(diffAssets([before], [now]).changed).toEqual([
      { key: "a", name: "a", before: null, versions: null, ...nothing, ...change },
    ]);
  });

  it("sorts each list by key", () => {
    const keyed = (keys: readonly string[]): readonly AssetSpec[] => keys.map((key) => asset(null, { key }));
    const { added, removed } = diffAssets(keyed(["x", "c", "b"]), keyed(["z", "x", "a"]));
    expect([added, removed].map((list) => list.map(({ key }) => key))).toEqual([
      ["a", "z"],
      ["b", "c"],
    ]);
  });
});
