import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupings } from "../src/model/grouping.ts";
import { lenses } from "../src/model/overview-part.ts";
import {
  formatViewState,
  parseViewState,
  pictures,
  tabs,
  type ViewState,
} from "../src/model/view-address.ts";

const hops = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Number.POSITIVE_INFINITY));
const name = fc.string({ minLength: 1, unit: "grapheme" });

const anyView: fc.Arbitrary<ViewState> = fc.record({
  tab: fc.constantFrom(...tabs),
  picture: fc.constantFrom(...pictures),
  parts: fc.array(
    fc.record({ lane: fc.constantFrom(0 as const, 1 as const, 2 as const), path: fc.array(name) }),
    {
      maxLength: 3,
    },
  ),
  lens: fc.constantFrom(...lenses),
  asset: fc.option(name),
  column: fc.option(name),
  alsoColumns: fc.array(name),
  focus: fc.option(fc.record({ key: name, up: hops, down: hops })),
  stepsUp: fc.constantFrom(null, 1, 4),
  stepsDown: fc.constantFrom(null, 2),
  hasColumns: fc.boolean(),
  isTracing: fc.boolean(),
  selection: fc.string({ unit: "grapheme" }),
  grouping: fc.constantFrom(...groupings),
  open: fc.oneof(
    fc.constantFrom("auto" as const, "all" as const, "none" as const),
    fc.array(
      name.map((text) => `Lane 1 ${text}`),
      { minLength: 1 },
    ),
  ),
  closed: fc.array(name),
  filter: fc.string({ unit: "grapheme" }),
  sort: fc.constantFrom("", "name", "-feeds"),
  rows: fc.constantFrom("", "kind", "owner"),
  since: fc.option(fc.string()),
  isBreaking: fc.boolean(),
  other: fc.string(),
  hidden: fc.array(fc.string(), { maxLength: 3 }),
  staleDays: fc.constantFrom(30, 90, 365),
});

describe("the address of a view", () => {
  it("contains the complete view, for any names", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(parseViewState(formatViewState(view))).toEqual(view);
      }),
    );
  });

  it("is empty for the initial view, and invalid values give the initial view", () => {
    expect(formatViewState(parseViewState(""))).toBe("");
    const nonsense = parseViewState("?view=nothing&by=%00&focus=x&up=-1&down=many&trace=yes");
    expect(nonsense).toMatchObject({ tab: "graph", grouping: "folder", isTracing: false });
    expect(nonsense.focus).toEqual({
      key: "x",
      up: Number.POSITIVE_INFINITY,
      down: Number.POSITIVE_INFINITY,
    });
  });
});
