import { AssetSpec, Definitions, MetadataValue, TableSchema } from "@dagster-sigma/asset-graph";
import { buildColumnData, ColumnIndex } from "@dagster-sigma/asset-graph/graph-index";
import { describe, expect, it } from "vitest";
import { buildPageGraph } from "../src/model/build-page-graph.ts";
import { GraphModel } from "../src/model/graph-model.ts";
import { isSelection } from "../src/page/search/is-selection.ts";
import { type Found, SearchIndex } from "../src/page/search/search-index.ts";
import { workbookKind } from "./sample-kinds.ts";

function table(name: string, ...columns: readonly string[]): AssetSpec {
  return new AssetSpec({
    key: ["harbor", "sales", name],
    kinds: ["table"],
    metadata: {
      "dagster/column_schema": MetadataValue.tableSchema(
        new TableSchema({ columns: columns.map((column) => ({ name: column, type: "number" })) }),
      ),
    },
  });
}

const definitions = new Definitions({
  assets: [
    table("orders", "NET_AMOUNT", "ID"),
    table("order_lines", "ORDER_ID", "NET_AMOUNT"),
    new AssetSpec({
      key: "sales",
      presentation: { name: "Sales", kind: workbookKind, folder: ["Sales"] },
      metadata: {
        "dagster/column_schema": MetadataValue.tableSchema(
          new TableSchema({ columns: [{ name: "Orders/Net Amount", type: "number" }] }),
        ),
      },
    }),
    new AssetSpec({
      key: "rev",
      owners: ["dana.doe@example.com"],
      presentation: { name: "Revenue Overview", kind: workbookKind, folder: ["Finance", "Deep Dives"] },
    }),
    new AssetSpec({
      key: "old",
      presentation: { name: "Overview of Orders", kind: workbookKind, folder: ["Sales"] },
    }),
  ],
});
const { graph } = buildPageGraph(definitions);
const model = new GraphModel({ ...graph, version: "1" });
const columns = new ColumnIndex(buildColumnData([...definitions.assetGraph.nodes.values()]));
const index = new SearchIndex(model, columns);

function shown(found: Found): string {
  switch (found.type) {
    case "asset":
      return model.asset(found.asset).name;
    case "column":
      return `${model.asset(found.asset).name}.${columns.nameOf(found.column)}`;
    case "columns":
      return `${model.asset(found.asset).name}: ${found.columns.map((column) => columns.nameOf(column)).join(", ")}`;
    case "folder":
      return `folder ${found.path.join("/")}`;
    case "owner":
      return `owner ${found.owner}`;
  }
}

const find = (query: string): readonly string[] => index.find(query).map(shown);

describe("the search", () => {
  it.each([
    "orders net_amount",
    "orders.net_amount",
    "ORDERS/NET AMOUNT",
    "net amount orders",
    " Orders  NET-amount ",
  ])("finds a column of a table by both names in any notation: %s", (query) => {
    expect(find(query)[0]).toBe("orders.NET_AMOUNT");
  });

  it("finds assets by words of their name in any order, best first", () => {
    expect(find("orders")[0]).toBe("orders");
    expect(find("overview revenue")).toEqual(["Revenue Overview"]);
    expect(find("overview").slice(0, 2)).toEqual(["Overview of Orders", "Revenue Overview"]);
  });

  it("finds assets by folder and owner, and the folder and the owner themselves", () => {
    expect(find("finance")).toEqual(["Revenue Overview", "folder Finance"]);
    expect(find("dives")).toContain("folder Finance/Deep Dives");
    expect(find("dana doe")).toEqual(["Revenue Overview", "owner dana.doe@example.com"]);
  });

  it("finds a name with missing letters, and nothing for words that are nowhere", () => {
    expect(find("revnue overvw")).toEqual(["Revenue Overview"]);
    expect(find("nothing like this")).toEqual([]);
    expect(find("   ")).toEqual([]);
  });

  it("takes words for words, and Dagster's syntax for a selection", () => {
    for (const text of ["orders net_amount", "key figures", "the owner", "not_stale", "a: b"])
      expect(isSelection(text), text).toBe(false);
    for (const text of [
      'key:"orders"',
      "kind:workbook",
      "+orders",
      'owner: "x"',
      "not kind:table",
      "sinks(*)",
      "*",
    ])
      expect(isSelection(text), text).toBe(true);
  });

  it("finds several columns of one asset, separated by commas", () => {
    const find = (query: string): readonly string[] => index.find(query).map(shown);
    expect(find("orders net_amount, id")).toEqual(["orders: NET_AMOUNT, ID"]);
    expect(find("order_lines.order id , net amount")).toEqual(["order_lines: ORDER_ID, NET_AMOUNT"]);
    // A part that is no column of it is not left out silently.
    expect(find("orders net_amount, order_id")).toEqual([]);
    expect(find("orders net_amount,")).toContain("orders.NET_AMOUNT");
  });
});
