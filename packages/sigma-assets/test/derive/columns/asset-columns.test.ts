import { describe, expect, it } from "vitest";
import { uuid } from "../../build-state.ts";
import { columnsOfBoard as columnsOf, connection, sales, salesRow } from "./columns-of-board.ts";

const [orders, model] = [uuid("b1"), uuid("e1")];

describe("the columns of an asset", () => {
  it("are computed from all columns of datasets that their formulas name", () => {
    const { columns, messages } = columnsOf(["[Sales/Net] + [Sales/Tax]"], [[sales, salesRow]]);
    expect(columns).toMatchObject([
      {
        name: "Shown/C0",
        from: [
          { id: sales, column: "Net" },
          { id: sales, column: "Tax" },
        ],
      },
    ]);
    expect(messages).toEqual([]);
  });

  it("are computed from the columns of tables that custom SQL reads", () => {
    const from = [{ table: ["PROD", "SALES", "ORDERS"], column: "ORDER_ID" }];
    const sqlColumns = { q: { columns: [{ name: "ID", from }], passesThrough: [], computedFrom: [] } };
    const definition = "select ORDER_ID as ID from PROD.SALES.ORDERS";
    const row = { type: "customSQL", name: "q", connectionId: connection, definition };
    const tables = [{ id: orders, connectionId: connection, path: ["PROD", "SALES", "ORDERS"] }];
    const { columns } = columnsOf(["[Custom SQL/Id]"], [["q", row]], { tables, workbook: { sqlColumns } });
    expect(columns).toMatchObject([{ from: [{ id: orders, column: "ORDER_ID" }] }]);
  });

  it("are computed from the only element of that name which has all the columns that are used", () => {
    const elementOf = (id: string, names: readonly string[]): readonly object[] =>
      names.map((name) => ({ columnId: `${id}${name}`, name, formula: "1", elementId: id }));
    const dataModels = [
      {
        id: model,
        properties: { dataModelId: model, name: "Model" },
        elements: ["x", "y"].map((elementId) => ({ elementId, type: "table", name: "Sum" })),
        columns: [...elementOf("x", ["Net"]), ...elementOf("y", ["Net", "Tax"])],
      },
    ];
    const row = { type: "data-model", dataModelId: model, name: "Sum" };
    const read = (formulas: readonly string[]): ReturnType<typeof columnsOf> =>
      columnsOf(formulas, [[`${model}/1`, row]], { dataModels });
    const both = read(["[Sum/Net]", "[Sum/Tax]"]);
    expect(both.messages).toEqual([]);
    expect(both.columns.map(({ from }) => from.map(({ id }) => id))).toEqual([[model], [model]]);
    expect(read(["[Sum/Net]"]).messages).toEqual([expect.stringContaining("1 match several columns")]);
  });

  it("with references that cannot be resolved are counted by reason", () => {
    const { columns, messages } = columnsOf(
      ["[Nothing/Net]", "[Nothing/Tax] + [Other/Tax]", "[Sales/Net]"],
      [[sales, salesRow]],
    );
    expect(columns.map(({ from }) => from.length)).toEqual([0, 0, 1]);
    expect(messages).toEqual([expect.stringContaining("3 name a source that the element does not have")]);
  });
});
