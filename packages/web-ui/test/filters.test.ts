import { parseSelection } from "@dagster-sigma/asset-graph/selection";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filtersOf, setFilter } from "../src/filters/edit-selection.ts";
import { type FilterValue, filters } from "../src/filters/filter.ts";
import { filterOptions } from "../src/filters/filter-options.ts";
import { buildPageGraph } from "../src/model/build-page-graph.ts";
import { GraphModel } from "../src/model/graph-model.ts";
import { sampleDefinitions } from "./sample-definitions.ts";

const workbook: FilterValue = { attribute: "kind", value: "workbook" };
const dataset: FilterValue = { attribute: "kind", value: "dataset" };
const unowned: FilterValue = { attribute: "owner", value: null };

describe("setFilter", () => {
  it("writes conditions that all hold, and alternatives within one", () => {
    const one = setFilter("", "kind", [workbook]);
    expect(one).toBe('kind:"workbook"');
    const both = setFilter(one, "owner", [unowned]);
    expect(both).toBe('kind:"workbook" and owner:<null>');
    expect(setFilter(both, "kind", [workbook, dataset])).toBe(
      '(kind:"workbook" or kind:"dataset") and owner:<null>',
    );
    expect(setFilter(both, "owner", [])).toBe(one);
    expect(setFilter(one, "kind", [])).toBe("");
  });

  it("keeps what people typed, also with or and with traversals", () => {
    expect(setFilter('+key:"x" and kind:table', "kind", [workbook])).toBe('+key:"x" and kind:"workbook"');
    expect(setFilter('key:"x" or key:"y"', "kind", [workbook])).toBe(
      '(key:"x" or key:"y") and kind:"workbook"',
    );
    expect(setFilter("not kind:table", "kind", [workbook])).toBe('not kind:"table" and kind:"workbook"');
  });

  it("writes what filtersOf reads, for any values and in any order", () => {
    const value = fc.option(fc.constantFrom("a", "b/c", "and", "*", "é"));
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.constantFrom("kind", "folder", "owner"), fc.uniqueArray(value, { maxLength: 3 })),
          {
            maxLength: 6,
          },
        ),
        (changes) => {
          let text = 'tag:"x"';
          const expected = new Map<string, readonly FilterValue[]>(filters.map((filter) => [filter, []]));
          for (const [filter, values] of changes) {
            const chosen = values.map((each): FilterValue => ({ attribute: filter, value: each }));
            text = setFilter(text, filter, chosen);
            expected.set(filter, chosen);
          }
          expect(filtersOf(text)).toEqual(expected);
          parseSelection(text);
        },
      ),
    );
  });

  it("replaces a selection that cannot be read", () => {
    expect(filtersOf("kind:")).toBeNull();
    expect(setFilter("kind:", "kind", [workbook])).toBe('kind:"workbook"');
  });
});

describe("filterOptions", () => {
  const graph = new GraphModel({ version: "1", ...buildPageGraph(sampleDefinitions()).graph });
  const now = Date.parse("2026-06-15T12:00:00Z") / 1_000;

  it("counts the assets of each value, and those without one", () => {
    const options = filterOptions("owner", graph, now);
    const owned = graph.assets.filter(({ owners }) => owners.length > 0).length;
    expect(options.at(-1)).toEqual({
      ...unowned,
      label: "No owner",
      count: graph.assets.length - owned,
    });
    expect(filterOptions("folder", graph, now).find(({ value }) => value === "shop")?.count).toBe(
      graph.assets.filter(({ folder }) => folder[0] === "shop").length,
    );
  });

  it("offers days relative to now", () => {
    expect(filterOptions("changed", graph, now).map(({ attribute, value }) => [attribute, value])).toEqual([
      ["changed_since", "2026-06-08"],
      ["changed_since", "2026-05-16"],
      ["changed_before", "2026-03-17"],
      ["changed_before", "2025-06-15"],
    ]);
  });
});
