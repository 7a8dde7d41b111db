import { describe, expect, it } from "vitest";
import { AssetSpec, type AssetSpecAttributes, diffAssets, type OriginObject } from "../src/index.ts";

function asset(
  object: Partial<OriginObject> | null,
  attributes: Partial<AssetSpecAttributes> = {},
): AssetSpec {
  const whole = { tool: "t", type: "report", id: "1", organization: null, version: 1, ...object };
  const origin = { label: "x", load: null, object: object === null ? null : whole };
  return new AssetSpec({ key: "a", ...attributes, origin });
}

describe("a difference", () => {
  it("matches assets by their object, whatever their keys, kinds and metadata", () => {
    const before = [asset({}, { kinds: ["x"], presentation: { name: "Old" } })];
    const now = [asset({ version: 2 }, { key: "b", presentation: { name: "New" }, deps: ["t"] })];
    const { added, removed, changed } = diffAssets(before, now);
    expect([added, removed]).toEqual([[], []]);
    expect(changed).toEqual([
      {
        key: "b",
        name: "New",
        before: { key: "a", name: "Old" },
        addedDeps: ["t"],
        removedDeps: [],
        addedColumns: [],
        removedColumns: [],
        rewiredColumns: [],
        versions: [1, 2],
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

  it("recognizes an organization under two base URLs, and distinguishes two organizations with equal object ids", () => {
    expect(diffAssets([asset({ organization: null })], [asset({ organization: "o" })]).changed).toEqual([]);
    const both = (version: number): readonly AssetSpec[] => [
      asset({ organization: "one", version: 1 }),
      asset({ organization: "two", version }, { key: "b" }),
    ];
    const { added, removed, changed } = diffAssets(both(1), both(2));
    expect([added, removed, changed.map(({ key }) => key)]).toEqual([[], [], ["b"]]);
  });

  it("matches assets by key if they have no object", () => {
    const { added, removed, changed } = diffAssets([asset(null)], [asset(null, { key: "b" })]);
    expect([added, removed, changed]).toEqual([[{ key: "b", name: "b" }], [{ key: "a", name: "a" }], []]);
  });
});
