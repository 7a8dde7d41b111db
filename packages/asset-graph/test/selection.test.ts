import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AssetDep,
  AssetGraph,
  AssetSpec,
  evaluateSelection,
  parseSelection,
  SelectionSyntaxError,
  selectableGraph,
  TableColumnDep,
  TableColumnLineage,
  TableSchema,
} from "../src/index.ts";

/** orders, customers → sales → revenue → board; staging stands alone. */
const graph = selectableGraph(
  AssetGraph.build([
    new AssetSpec({
      key: ["finance", "sales"],
      deps: [
        new AssetDep(["db", "orders"], { metadata: { "dagster/table_name": "harbor.sales.orders" } }),
        ["db", "customers"],
      ],
      groupName: "finance/core",
      owners: ["ada@harbor.example"],
      kinds: ["sigma", "datamodel"],
      metadata: {
        "dagster/column_schema": TableSchema.fromNameTypeDict({ Amount: "number", Region: "text" }),
        "dagster/column_lineage": new TableColumnLineage({
          Amount: [new TableColumnDep(["db", "orders"], "AMOUNT")],
        }),
      },
    }),
    new AssetSpec({
      key: "revenue",
      deps: [["finance", "sales"]],
      groupName: "finance",
      tags: { domain: "finance", reviewed: "" },
      kinds: ["sigma"],
    }),
    new AssetSpec({ key: "board", deps: ["revenue"], owners: ["team:bi"] }),
    new AssetSpec({ key: "my-staging" }),
  ]),
);

const select = (text: string): readonly string[] =>
  [...evaluateSelection(parseSelection(text), graph)].map((id) => (JSON.parse(id) as string[]).join("/"));

const refusal = (text: string): SelectionSyntaxError => {
  try {
    parseSelection(text);
  } catch (thrown) {
    if (thrown instanceof SelectionSyntaxError) return thrown;
    throw thrown;
  }
  throw new Error(`${text} was accepted.`);
};

const all = ["board", "db/customers", "db/orders", "finance/sales", "my-staging", "revenue"];

/** What Dagster's syntax does not know: folders, problems and times of changes. */
describe("evaluateSelection by folder, problem and time of change", () => {
  const day = (text: string): number => Date.parse(`${text}Z`) / 1_000;
  const specs = [
    new AssetSpec({
      key: "a",
      presentation: { folder: ["Finance", "Q1"], updatedAt: day("2026-01-31T00:00:00") },
    }),
    new AssetSpec({ key: "b", presentation: { folder: ["Finance"], updatedAt: day("2026-01-30T23:59:59") } }),
    new AssetSpec({ key: "c", presentation: { folder: ["Finances", "Finance"] } }),
    new AssetSpec({ key: "folder" }),
  ];
  const known = AssetGraph.build(specs);
  const idOf = (key: string): string => JSON.stringify([key]);
  const withProblems = selectableGraph(
    known,
    new Map([
      [idOf("a"), "error"],
      [idOf("c"), "warning"],
    ]),
  );

  it.each([
    ["folder:Finance", ["a", "b"]],
    ['folder:"Finance/Q1"', ["a"]],
    ['folder:"Fin*"', ["a", "b", "c"]],
    ['folder:"*/Finance"', ["c"]],
    ["folder:<null>", ["folder"]],
    ["problem:error", ["a"]],
    ['problem:"*"', ["a", "c"]],
    ["problem:<null>", ["b", "folder"]],
    ['changed_since:"2026-01-31"', ["a"]],
    ['changed_before:"2026-01-31"', ["b"]],
    ['not changed_since:"2026-01-31" and not changed_since:<null>', ["b"]],
    ["changed_before:<null>", ["c", "folder"]],
    // The names of these attributes are values and keys as before.
    ["key:folder", ["folder"]],
    ["folder", ["folder"]],
  ])("%s", (text, expected) => {
    const found = evaluateSelection(parseSelection(text), withProblems);
    expect([...found].map((id) => (JSON.parse(id) as string[]).join("/"))).toEqual(expected);
  });

  it.each([
    ["problem:bad", "error, warning", "problem:error"],
    ['changed_since:"yesterday"', "a day", 'changed_since:"2026-01-31"'],
    ['changed_before:"2026-02-30"', "a day", 'changed_before:"2026-01-31"'],
  ])("%s is refused with an example", (text, needed, example) => {
    const { message, hint } = refusal(text);
    expect(message).toContain(needed);
    expect(hint).toContain(example);
  });
});

describe("evaluateSelection", () => {
  it.each([
    ["*", all],
    ['key:"finance/sales"', ["finance/sales"]],
    ["key:finance/sales", ["finance/sales"]],
    ["key:*s", ["db/customers", "db/orders", "finance/sales"]],
    ['key:"d*/*r*s"', ["db/customers", "db/orders"]],
    ["key:revenue*revenue", []],
    ["key:Revenue", []],
    ['key:""', []],
    ['group:"finance"', ["revenue"]],
    ['group:"finance*"', ["finance/sales", "revenue"]],
    ["group:default", ["board", "db/customers", "db/orders", "my-staging"]],
    ["group:<null>", []],
    ['group:""', []],
    ['owner:"team:bi"', ["board"]],
    ["owner:<null>", ["db/customers", "db/orders", "my-staging", "revenue"]],
    ["kind:sigma", ["finance/sales", "revenue"]],
    ["kind:<null>", ["board", "db/customers", "my-staging"]],
    ["tag:domain", []],
    ['tag:"domain"="finance"', ["revenue"]],
    ["tag:reviewed", ["revenue"]],
    ["tag:reviewed=<null>", ["revenue"]],
    ["tag:dagster/kind/sigma", ["finance/sales", "revenue"]],
    ["tag:<null> and group:finance/core", ["finance/sales"]],
    ["tag:constructor", []],
    ["tag:<null>=x", []],
    ["column:Amount", ["finance/sales"]],
    ['column:"AMOUNT" or column:"Reg*"', ["db/orders", "finance/sales"]],
    ["column:<null> and not key:*o*", ["my-staging", "revenue"]],
    ['table_name:"harbor.*"', ["db/orders"]],
    ["table_name:<null>", ["board", "db/customers", "finance/sales", "my-staging", "revenue"]],
    ["is:external", all],
    ["is:materializable", []],
  ])("%s", (text, expected) => {
    expect(select(text)).toEqual(expected);
  });

  it.each([
    ["+key:revenue", ["db/customers", "db/orders", "finance/sales", "revenue"]],
    ["1+key:revenue", ["finance/sales", "revenue"]],
    ["0+key:revenue", ["revenue"]],
    ["10+key:revenue", ["db/customers", "db/orders", "finance/sales", "revenue"]],
    ["key:revenue+", ["board", "revenue"]],
    ["1+key:revenue+1", ["board", "finance/sales", "revenue"]],
    ["(key:db/orders or key:board)+1", ["board", "db/orders", "finance/sales"]],
    ['key:"db/orders"+ and +key:"revenue"', ["db/orders", "finance/sales", "revenue"]],
    ["sinks(*)", ["board", "my-staging"]],
    ["roots(*)", ["db/customers", "db/orders", "my-staging"]],
    // Reachable via assets that are not selected.
    ["sinks(key:db/orders or key:board)", ["board"]],
    ["roots(key:board or key:db*)", ["db/customers", "db/orders"]],
    ["1+sinks(kind:sigma)", ["finance/sales", "revenue"]],
  ])("walks: %s", (text, expected) => {
    expect(select(text)).toEqual(expected);
  });

  it("binds not closest, then and, then or, in lower and upper case", () => {
    expect(select("not key:board and key:revenue or key:db/orders")).toEqual(["db/orders", "revenue"]);
    expect(select("NOT (key:board AND key:revenue) AND not key:*s")).toEqual([
      "board",
      "my-staging",
      "revenue",
    ]);
    expect(select("key:board or not not key:revenue")).toEqual(["board", "revenue"]);
  });

  it("parses a bare key with legacy traversals", () => {
    expect(select("revenue")).toEqual(["revenue"]);
    expect(select(" my-staging\n")).toEqual(["my-staging"]);
    expect(select("++revenue")).toEqual(["db/customers", "db/orders", "finance/sales", "revenue"]);
    expect(select("+revenue+")).toEqual(["board", "finance/sales", "revenue"]);
    expect(select("*finance/sales")).toEqual(["db/customers", "db/orders", "finance/sales"]);
    expect(select("finance/sales*")).toEqual(["board", "finance/sales", "revenue"]);
    expect(select("nowhere")).toEqual([]);
    expect(select("tag:dagster/kind/sigma.x")).toEqual([]);
  });

  it("ignores ids that are not in the graph", () => {
    const node = { key: ["a"], group: null, owners: [], kinds: [], tags: {}, columns: [], tableName: null };
    const holed = { nodes: new Map([["a", { ...node, id: "a", upstream: ["gone"], downstream: ["gone"] }]]) };
    expect([...evaluateSelection(parseSelection("+key:a+"), holed)]).toEqual(["a"]);
  });
});

describe("parseSelection", () => {
  it.each([
    ["", 0, 0, "an attribute"],
    ["key:", 4, 4, "a value for key:"],
    ["key:a-b", 5, 6, "and, or, or its end"],
    ["group:mark*", 6, 11, "a value for group:"],
    ["key:a and", 9, 9, "an attribute"],
    ["key:a or (kind:x", 16, 16, "and, or, or )"],
    ["key:a)", 5, 6, "and, or, or its end"],
    ["x and key:y", 0, 1, "an attribute"],
    ["x+2", 0, 1, "an attribute"],
    ["+*", 1, 2, "key:, a function or ("],
    ["+not key:a", 1, 4, "key:, a function or ("],
    ["2 key:a", 2, 5, "+ at character 3"],
    ['key:"a', 4, 6, "a value for key:"],
    ["key:<null>", 4, 10, "a value for key:"],
    ["key:sensor", 4, 10, "a value for key:"],
    ["key:and", 4, 7, "a value for key:"],
    ["key:a and group:SINKS or owner:NOT", 31, 34, "a value for owner:"],
    ["is:stale", 3, 8, "external or materializable"],
    ["sinks key:a", 6, 9, "("],
    ['tag:"a"=', 8, 8, "a value for the tag"],
    ["foo:bar", 0, 3, "an attribute"],
    ["key:a And key:b", 6, 9, "and, or, or its end"],
    ["key:ä", 4, 5, "a value for key:"],
    ["column_tag:<null> and", 11, 17, "a value for column_tag:"],
  ])("reports the position of the error in %j", (text, start, end, expected) => {
    const error = refusal(text);
    expect(error).toMatchObject({ code: "SELECTION_SYNTAX", start, end });
    expect(error.message).toContain(expected);
    expect(error.hint).not.toBe("");
  });

  it("explains how to write a bare key inside an expression, and which values need quotes", () => {
    expect(refusal("orders and key:y").hint).toContain('key:"orders"');
    expect(refusal("foo:bar").hint).toContain('no attribute "foo"');
    expect(refusal("group:mark*").hint).toContain('group:"mark*"');
    expect(refusal("key:job").hint).toContain('key:"job"');
    expect(refusal("key:a-b").hint).toContain("quotes");
    expect(refusal('group:"a\\b"').hint).toContain("backslash");
    expect(refusal('group:"a').hint).toContain("ends with");
  });

  it.each([
    "code_location:x",
    "status:<null>",
    "column_tag:a=b",
    "changed_in_branch:a",
    "partitions:none",
    "automation_type:x",
    "sensor:x",
    "schedule:x",
    "job:job",
  ])("reports the unsupported attribute %s if the rest is valid", (text) => {
    const error = refusal(`key:a or not (${text})`);
    expect(error).toMatchObject({ code: "SELECTION_NEEDS_INSTANCE", start: 14, end: 14 + text.length });
    expect(error.message).toContain(text.slice(0, text.indexOf(":") + 1));
    expect(refusal(`${text} and`).code).toBe("SELECTION_SYNTAX");
  });

  it("fails only with a position in the text, for any input", () => {
    const pieces = fc.constantFrom(
      "key:",
      '"',
      "(",
      ")",
      "+",
      " and ",
      "tag:",
      "<null>",
      "=",
      "\ud800",
      "\u00a0",
    );
    const texts = fc.array(fc.oneof(pieces, fc.string({ unit: "binary" })), { maxLength: 6 });
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join("");
        try {
          evaluateSelection(parseSelection(text), graph);
        } catch (thrown) {
          if (!(thrown instanceof SelectionSyntaxError)) throw thrown;
          expect(thrown.start).toBeLessThanOrEqual(thrown.end);
          expect(thrown.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1_000, seed: 11 },
    );
  });

  it("does not overflow the stack for nested or long selections", () => {
    expect(refusal(`${"(".repeat(100_000)}key:a`).code).toBe("SELECTION_SYNTAX");
    expect(refusal(`${"not ".repeat(100_000)}key:a`).code).toBe("SELECTION_SYNTAX");
    const long = Array.from({ length: 20_000 }, (_, index) => `key:a${index}`).join(" or ");
    expect(parseSelection(long)).toMatchObject({ type: "or" });
  });
});
