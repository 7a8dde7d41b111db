import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AssetGraph,
  AssetSpec,
  completeSelection,
  evaluateSelection,
  parseSelection,
  SelectionSyntaxError,
  selectableGraph,
  selectionVocabulary,
  suggestCase,
  TableSchema,
} from "../src/index.ts";

const graph = selectableGraph(
  AssetGraph.build([
    new AssetSpec({
      key: ["Finance", "Revenue Overview"],
      deps: [["harbor", "orders"]],
      groupName: "Finance",
      owners: ["ada@harbor.example", "team:bi"],
      kinds: ["sigma", "workbook"],
      tags: { domain: "finance", reviewed: "" },
      metadata: {
        "dagster/table_name": "harbor.mart.revenue",
        "dagster/column_schema": TableSchema.fromNameTypeDict({ Amount: "number", 'say "hi"': "text" }),
      },
    }),
    new AssetSpec({ key: 'Sales "EU"', groupName: "Sales", tags: { domain: "sales" } }),
    new AssetSpec({ key: "İzmir", groupName: "Sales" }),
  ]),
);
const vocabulary = selectionVocabulary(graph);

/** Completions at `|`, each as the resulting text. */
function completed(marked: string, limit?: number): readonly string[] {
  const cursor = marked.indexOf("|");
  const text = marked.replace("|", "");
  const { range, completions } = completeSelection(
    text,
    cursor,
    vocabulary,
    limit === undefined ? {} : { limit },
  );
  return completions.map(
    (completion) => text.slice(0, range.start) + completion.text + text.slice(range.end),
  );
}

describe("selectionVocabulary", () => {
  it("lists selectable values, sorted and without duplicates", () => {
    expect(vocabulary).toEqual({
      keys: ["Finance/Revenue Overview", 'Sales "EU"', "harbor/orders", "İzmir"],
      groups: ["Finance", "Sales", "default"],
      owners: ["ada@harbor.example", "team:bi"],
      kinds: ["sigma", "workbook"],
      tags: new Map([
        ["domain", ["finance", "sales"]],
        ["reviewed", [""]],
      ]),
      columns: ["Amount", 'say "hi"'],
      tables: ["harbor.mart.revenue"],
      folders: ["Sales", "harbor", "harbor/mart"],
    });
  });
});

describe("completeSelection", () => {
  it("offers attributes, functions and operators for a missing operand", () => {
    expect(completed("|")).toEqual([
      ...["key:", "group:", "owner:", "kind:", "tag:", "column:", "table_name:", "is:"],
      ...["folder:", "problem:", "changed_since:", "changed_before:"],
      ...["sinks(", "roots(", "not ", "*", "+", "("],
    ]);
    expect(completed("key:a and not k|")).toEqual(["key:a and not key:", "key:a and not kind:"]);
    expect(completed("+|")).not.toContain("+not ");
    expect(completed("si|(*)")).toEqual(["sinks(*)"]);
    expect(completed("ke|:x")).toEqual(["key:x"]);
  });

  it("offers folders with those that contain them, and severities of problems", () => {
    expect(completed("folder:mar|")).toEqual(['folder:"harbor/mart"']);
    expect(completed("problem:|")).toEqual(['problem:"error"', 'problem:"warning"', "problem:<null>"]);
    expect(completed("changed_since:|")).toEqual(["changed_since:<null>"]);
  });

  it("offers keys for other text, matched by substring and case-insensitively", () => {
    expect(completed("REVEN|")).toEqual(['key:"Finance/Revenue Overview"']);
    expect(completed("+ord|")).toEqual(['+key:"harbor/orders"']);
  });

  it("offers quoted values of the graph, those with the typed prefix first", () => {
    expect(completed("group:|")).toEqual(['group:"Finance"', 'group:"Sales"', 'group:"default"']);
    expect(completed("key:f|")).toEqual(['key:"Finance/Revenue Overview"']);
    expect(completed("key:r|")).toEqual([
      'key:"Finance/Revenue Overview"',
      'key:"harbor/orders"',
      'key:"İzmir"',
    ]);
    expect(completed('key:"ren*view|')).toEqual([]);
    expect(completed('key:"rev*view|')).toEqual(['key:"Finance/Revenue Overview"']);
    expect(completed("owner:ada@har|")).toEqual(['owner:"ada@harbor.example"']);
    expect(completed('owner:"ada@ha|x" and *')).toEqual(['owner:"ada@harbor.example" and *']);
    expect(completed('kind:"wo| and *')).toEqual(['kind:"workbook" and *']);
    expect(completed("kind:|", 1)).toEqual(['kind:"sigma"', "kind:<null>"]);
    expect(completed("owner:<nu|")).toEqual(["owner:<null>"]);
    expect(completed("column:a|")).toEqual(['column:"Amount"', 'column:"say *hi*"']);
    expect(completed("table_name:mart|")).toEqual(['table_name:"harbor.mart.revenue"']);
    expect(completed("is:|")).toEqual(['is:"external"', 'is:"materializable"']);
    expect(completed("status:|")).toEqual([]);
  });

  it("offers a tag with each of its values", () => {
    expect(completed("tag:|")).toEqual([
      ...['tag:"domain"="finance"', 'tag:"domain"="sales"', 'tag:"reviewed"', "tag:<null>"],
    ]);
    expect(completed("tag:domain=f|")).toEqual(['tag:domain="finance"']);
  });

  it("offers and, or, closing parentheses and traversals after an operand", () => {
    expect(completed('key:"a"|')).toEqual(['key:"a" and ', 'key:"a" or ', 'key:"a"+']);
    expect(completed("(key:a+ |")).toEqual(["(key:a+ and ", "(key:a+ or ", "(key:a+ )"]);
    expect(completed("tag:a |")).toContain("tag:a =");
    expect(completed("key:a o|")).toEqual(["key:a or "]);
    expect(completed("sinks|")).toEqual(["sinks("]);
    expect(completed("sinks |")).toEqual(["sinks ("]);
  });

  it("offers nothing after an error", () => {
    expect(completed("key: : k|")).toEqual([]);
  });

  it("offers no value of a tag that no asset has", () => {
    expect(completed('tag:"nope"=|')).toEqual([]);
  });

  it("offers only valid completions, wherever the cursor is", () => {
    const pieces = [
      "key:",
      "tag:",
      "a",
      '"x"',
      "=",
      "+",
      "1",
      "(",
      ")",
      "not ",
      " and ",
      " or ",
      "sinks",
      '"',
      "*",
    ];
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((chosen) => chosen.join(""));
    fc.assert(
      fc.property(texts, fc.nat({ max: 30 }), (text, at) => {
        const cursor = Math.min(at, text.length);
        const { range, completions } = completeSelection(text, cursor, vocabulary);
        expect(range.start).toBeLessThanOrEqual(cursor);
        for (const completion of completions) {
          const made = text.slice(0, range.start) + completion.text;
          try {
            parseSelection(made);
          } catch (thrown) {
            if (!(thrown instanceof SelectionSyntaxError)) throw thrown;
            expect(thrown.start, made).toBe(made.length);
          }
        }
      }),
      { numRuns: 2_000, seed: 5 },
    );
  });
});

describe("suggestCase", () => {
  it.each([
    ["group:finance", 'group:"Finance"'],
    ["key:FINANCE/*over* or +key:nowhere", 'key:"Finance/*Over*" or +key:nowhere'],
    ["HARBOR/ORDERS", "harbor/orders"],
    ["+Harbor/Orders", "+harbor/orders"],
    ['table_name:"HARBOR.*.Revenue"', 'table_name:"harbor.*.revenue"'],
    ['tag:"Domain"="Finance"', 'tag:"domain"="finance"'],
    ["owner:nobody", null],
    ['group:"Finance"', null],
    ["kind:SIGMA and key:nowhere", null],
    ["key:*IZMIR", null],
    ["* and group:finance", '* and group:"Finance"'],
    ["tag:<null> and group:sales", 'tag:<null> and group:"Sales"'],
    ['tag:"REVIEWED"', 'tag:"reviewed"'],
  ])("for %s: %s", (text, expected) => {
    expect(suggestCase(text, graph)).toBe(expected);
  });

  it("suggests the correct case for an upper-cased selection", () => {
    const selections = fc.constantFrom(
      'key:"Finance/Rev*"',
      'group:"Sales"',
      'owner:"team:bi"',
      'kind:"workbook"',
      'column:"Am*nt"',
      'tag:"domain"="sales"',
    );
    fc.assert(
      fc.property(selections, (text) => {
        const upper = text.replace(/"[^"]+"/g, (value) => value.toUpperCase());
        expect([...evaluateSelection(parseSelection(upper), graph)]).toEqual([]);
        expect(suggestCase(upper, graph)).toBe(text);
      }),
    );
  });
});
