import { describe, expect, it } from "vitest";
import { NativeColumns } from "../../../src/derive/columns/native-columns.ts";
import { uuid } from "../../build-state.ts";
import { columnsOfBoard, connection, sales, salesRow, sourcesOf } from "./columns-of-board.ts";

const [orders, otherOrders, model, otherConnection] = [uuid("b1"), uuid("b2"), uuid("e1"), uuid("c2")];
const ordersRow = { type: "table", inodeId: orders, name: "ORDERS" };
const path = ["PROD", "SALES", "ORDERS"];
const sqlRow = { type: "customSQL", name: "q", connectionId: connection, definition: "select …" };
const emptySql = { columns: [], passesThrough: [], computedFrom: [] };

function ordersTable(columns: readonly string[] | null): object {
  return { id: orders, connectionId: connection, path, columns };
}

/** A data model whose elements have these columns. */
function modelWith(
  elements: readonly (readonly [id: string, name: string, columns: readonly string[]])[],
): object {
  return {
    id: model,
    properties: { dataModelId: model, name: "Model" },
    elements: elements.map(([elementId, name]) => ({ elementId, type: "table", name })),
    columns: elements.flatMap(([elementId, , columns]) =>
      columns.map((name) => ({ columnId: `${elementId}${name}`, name, formula: "1", elementId })),
    ),
  };
}

describe("a reference in a formula", () => {
  it("to a column of the same element leads to the sources of that column", () => {
    const { columns, messages } = columnsOfBoard(["[Sales/Net]", "[C0] * 2"], [[sales, salesRow]]);
    expect(sourcesOf(columns)).toEqual([[`${sales}.Net`], [`${sales}.Net`]]);
    expect(messages).toEqual([]);
  });

  it("to the own name of its column refers to a source", () => {
    const { columns } = columnsOfBoard([{ name: "Net", formula: "[Net]" }], [[sales, salesRow]]);
    expect(sourcesOf(columns)).toEqual([[`${sales}.Net`]]);
  });

  it("is resolved by the formula, whatever the id of the column contains", () => {
    const ids = ["a/b", `inode-${orders}`];
    const formulas = ids.map((columnId) => ({ columnId, formula: "[Sales/Net]" }));
    const { columns } = columnsOfBoard(formulas, [[sales, salesRow]]);
    expect(sourcesOf(columns)).toEqual([[`${sales}.Net`], [`${sales}.Net`]]);
  });

  it("to a column that refers back to it is followed once", () => {
    const { columns } = columnsOfBoard(["[C1] + [Sales/Net]", "[C0] + [Sales/Tax]"], [[sales, salesRow]]);
    expect(sourcesOf(columns)).toEqual([[`${sales}.Net`, `${sales}.Tax`], [`${sales}.Tax`]]);
  });

  it("without a source is unresolved for the most specific reason", () => {
    const sources: readonly [string, object][] = [
      ["f", { type: "element", elementId: "f", sourceIds: [] }],
      [orders, ordersRow],
    ];
    const { messages } = columnsOfBoard(["[Net]"], sources, { tables: [ordersTable(null)] });
    expect(messages).toEqual([
      expect.stringContaining(": 1 name a table column whose real name is unknown."),
    ]);
  });

  it("to a source without an id is unresolved", () => {
    const sources = ["table", "dataset", "inode"].map((type): [string, object] => [
      type,
      { type, name: type, datasourceId: type },
    ]);
    const { columns, messages } = columnsOfBoard(["[table/Net] + [dataset/Net] + [inode/Net]"], sources);
    expect(sourcesOf(columns)).toEqual([[]]);
    expect(messages.join()).toContain("3 name a source that the element does not have");
  });

  it("to an element without columns is unresolved, and the element has none", () => {
    const elements = ["e", "f"].map((elementId) => ({ elementId, type: "table", name: elementId }));
    const { columns, messages } = columnsOfBoard(
      ["[f/Net]"],
      [["f", { type: "element", elementId: "f", sourceIds: [] }]],
      {
        workbook: { elements },
      },
    );
    expect(columns.map(({ name }) => name)).toEqual(["e/C0"]);
    expect(messages.join()).toContain("1 name a column that the source does not have");
  });
});

describe("a reference to a table column", () => {
  const read = (columns: readonly string[]): ReturnType<typeof columnsOfBoard> =>
    columnsOfBoard(["[ORDERS/Net Sum]"], [[orders, ordersRow]], { tables: [ordersTable(columns)] });

  it("has the real name of the column", () => {
    expect(sourcesOf(read(["ID", "NET_SUM"]).columns)).toEqual([[`${orders}.NET_SUM`]]);
  });

  it("prefers the column with exactly this name", () => {
    expect(sourcesOf(read(["NET_SUM", "Net Sum"]).columns)).toEqual([[`${orders}.Net Sum`]]);
  });

  it("is unresolved if several columns have the same display name", () => {
    const { columns, messages } = read(["NET_SUM", "NET-SUM"]);
    expect(sourcesOf(columns)).toEqual([[]]);
    expect(messages.join()).toContain("1 name a table column whose real name is unknown");
  });

  it("of an unknown table finds no column", () => {
    expect(new NativeColumns({ workbooks: [], dataModels: [], tables: [] }).of(orders)).toEqual([]);
  });
});

describe("a reference to custom SQL", () => {
  const read = (
    formulas: readonly (string | object)[],
    relation: object,
    tables: readonly object[] = [ordersTable(["ORDER_ID"])],
  ): ReturnType<typeof columnsOfBoard> => {
    const connections = [connection, otherConnection].map((id) => ({
      id,
      properties: { connectionId: id, type: "snowflake" },
    }));
    const workbook = { sqlColumns: { q: { ...emptySql, ...relation } } };
    return columnsOfBoard(formulas, [["q", sqlRow]], { tables, connections, workbook });
  };
  const id = { name: "ID", from: [{ table: path, column: "ORDER_ID" }] };

  it("finds the table on the connection of the statement", () => {
    const other = { id: otherOrders, connectionId: otherConnection, path, columns: null };
    const { columns } = read(["[Custom SQL/Id]"], { columns: [id] }, [other, ordersTable(null)]);
    expect(sourcesOf(columns)).toEqual([[`${orders}.ORDER_ID`]]);
  });

  it("finds no column that the statement does not return", () => {
    const unnamed = { name: null, from: [{ table: path, column: "NET" }] };
    const { columns, messages } = read(["[Custom SQL/Id]", "[Custom SQL/Net]"], { columns: [unnamed, id] });
    expect(sourcesOf(columns)).toEqual([[`${orders}.ORDER_ID`], []]);
    expect(messages.join()).toContain("1 name a column that the source does not have");
  });

  it("finds a listed output column also if the statement selects all columns of another table", () => {
    const { columns } = read(["[Custom SQL/Id]"], {
      columns: [id],
      passesThrough: [["PROD", "SALES", "LINES"]],
    });
    expect(sourcesOf(columns)).toEqual([[`${orders}.ORDER_ID`]]);
  });

  it("finds the real name of a column that is selected with *", () => {
    const { columns } = read(["[Custom SQL/Order Id]"], { passesThrough: [path] });
    expect(sourcesOf(columns)).toEqual([[`${orders}.ORDER_ID`]]);
  });

  it("finds the real name in the id of a column that passes it through", () => {
    const passed = { columnId: "CUSTOMER_ID", name: "Customer Id", formula: "[Custom SQL/Customer Id]" };
    const formulas = [passed, "Upper([Custom SQL/Customer Id])"];
    const { columns, messages } = read(formulas, { passesThrough: [path] }, [ordersTable(null)]);
    expect(sourcesOf(columns)).toEqual([[`${orders}.CUSTOMER_ID`], [`${orders}.CUSTOMER_ID`]]);
    expect(messages).toEqual([]);
  });

  it("prefers the column that is written in the same way among several with this display name", () => {
    const column = (name: string): object => ({ name, from: [{ table: path, column: `from ${name}` }] });
    const { columns } = read(["[Custom SQL/Net_Sum]"], { columns: [column("NET-SUM"), column("NET_SUM")] });
    expect(sourcesOf(columns)).toEqual([[`${orders}.from NET_SUM`]]);
  });
});

describe("a reference to a union", () => {
  const formula = ["[Union of 2 Sources/NET_SUM]"];
  const dataModels = [modelWith([["x", "Model", ["NET_SUM"]]])];
  const modelRow = { type: "data-model", dataModelId: model, name: "Model" };
  const withSql = (columns: readonly object[], friendlyName = false): ReturnType<typeof columnsOfBoard> =>
    columnsOfBoard(
      formula,
      [
        ["q", sqlRow],
        [sales, salesRow],
      ],
      {
        tables: [ordersTable(null)],
        connections: [
          { id: connection, properties: { connectionId: connection, type: "snowflake", friendlyName } },
        ],
        workbook: { sqlColumns: { q: { ...emptySql, columns } } },
      },
    );
  const netSum = { name: "NET_SUM", from: [{ table: path, column: "NET" }] };

  it("leads to the source that certainly has the column, not to one that may have it", () => {
    const sources: readonly [string, object][] = [
      [`${model}/1`, modelRow],
      [sales, salesRow],
    ];
    const { columns } = columnsOfBoard(formula, sources, { dataModels });
    expect(sourcesOf(columns)).toEqual([[`${model}.Model/NET_SUM`]]);
    expect(columns[0]?.from[0]?.basis).toBe("name");
  });

  it("leads to the only source that may have the column if the others do not have it", () => {
    expect(sourcesOf(withSql([]).columns)).toEqual([[`${sales}.NET_SUM`]]);
  });

  it("leads past an element that does not have the column", () => {
    const sources: readonly [string, object][] = [
      [`${model}/1`, modelRow],
      [sales, salesRow],
    ];
    const { columns } = columnsOfBoard(["[Union of 2 Sources/Tax]"], sources, { dataModels });
    expect(sourcesOf(columns)).toEqual([[`${sales}.Tax`]]);
  });

  it("compares names as the connection shows them", () => {
    expect(sourcesOf(withSql([netSum]).columns)).toEqual([[`${orders}.NET`]]);
    expect(sourcesOf(withSql([netSum], true).columns)).toEqual([[`${sales}.NET_SUM`]]);
  });

  it("is unresolved if no source has the column and several may have it", () => {
    const others = uuid("d2");
    const datasets = [sales, others].map((id) => ({ id, properties: { datasetId: id, name: id } }));
    const rows = datasets.map(({ id }): [string, object] => [id, { type: "dataset", inodeId: id, name: id }]);
    const { columns, messages } = columnsOfBoard(formula, rows, { datasets });
    expect(sourcesOf(columns)).toEqual([[]]);
    expect(messages.join()).toContain("1 match several columns");
  });

  it("is unresolved if no source has the column", () => {
    const { columns, messages } = columnsOfBoard(["[Union of 2 Sources/Tax]"], [[`${model}/1`, modelRow]], {
      dataModels,
    });
    expect(sourcesOf(columns)).toEqual([[]]);
    expect(messages.join()).toContain("1 name a column that the source does not have");
  });
});

describe("a reference to an element of a data model", () => {
  const row = (name: string): object => ({ type: "data-model", dataModelId: model, name });
  const elements: Parameters<typeof modelWith>[0] = [
    ["a", "A", ["Net", "Tax"]],
    ["b", "B", ["Net"]],
  ];

  it("is resolved by the names of the model if the lineage does not describe it", () => {
    const { columns } = columnsOfBoard(["[A/Net]"], [], {
      dataModels: [modelWith(elements)],
      workbook: { lineage: [{ type: "element", elementId: "e", sourceIds: [`${model}/1`] }] },
    });
    expect(sourcesOf(columns)).toEqual([[`${model}.A/Net`]]);
  });

  it("finds it by its id if Sigma does not return the elements", () => {
    const dataModels = [{ ...modelWith(elements), elements: null }];
    const { columns } = columnsOfBoard(["[a/Net]"], [[`${model}/1`, row("a")]], { dataModels });
    expect(sourcesOf(columns)).toEqual([[`${model}.a/Net`]]);
  });

  it("prefers the column with exactly this name", () => {
    const dataModels = [modelWith([["a", "A", ["Net", "NET"]]])];
    const { columns } = columnsOfBoard(["[A/NET]", "[A/net]"], [[`${model}/1`, row("A")]], { dataModels });
    expect(sourcesOf(columns)).toEqual([[`${model}.A/NET`], []]);
  });

  it("that other elements do not use has the name that remains", () => {
    const columns = [
      { elementId: "e", columnId: "1", name: "C", formula: "[A/Tax] + [Sales/Net]" },
      { elementId: "f", columnId: "2", name: "D", formula: "[Net]" },
    ];
    const lineage = [
      { type: "element", elementId: "e", sourceIds: [`${model}/1`, sales] },
      { type: "element", elementId: "f", sourceIds: [`${model}/2`] },
      salesRow,
      row("A"),
      row("B"),
    ];
    const found = columnsOfBoard([], [], {
      dataModels: [modelWith(elements)],
      workbook: { columns, lineage, elements: [] },
    });
    expect(sourcesOf(found.columns)).toEqual([[`${sales}.Net`, `${model}.A/Tax`], [`${model}.B/Net`]]);
    expect(found.messages).toEqual([]);
  });

  it("with columns that only one of several elements has is not affected by references of another form", () => {
    const { columns } = columnsOfBoard(["[Sum/Tax]", "[Sum]", "[Sum/Net]"], [[`${model}/1`, row("Sum")]], {
      dataModels: [
        modelWith([
          ["x", "Sum", ["Net"]],
          ["y", "Sum", ["Net", "Tax"]],
        ]),
      ],
    });
    expect(columns.map(({ from }) => from.length)).toEqual([1, 0, 1]);
  });
});

describe("a code representation", () => {
  const element = (sources: readonly object[], matches: readonly object[] = []): object => ({
    elements: [{ id: "e", name: "Shown", sources, matches, joins: [], metrics: [] }],
  });
  const read = (formula: string, spec: object): ReturnType<typeof columnsOfBoard> =>
    columnsOfBoard([formula, { elementId: "f", columnId: "f", name: "Net", formula: "[Sales/Net]" }], [], {
      dataModels: [modelWith([["a", "A", ["Net"]]])],
      tables: [ordersTable(["NET_SUM"])],
      workbook: {
        spec,
        elements: ["e", "f"].map((elementId) => ({ elementId, type: "table", name: elementId })),
        lineage: [
          { type: "element", elementId: "e", sourceIds: [] },
          { type: "element", elementId: "f", sourceIds: [sales] },
          salesRow,
        ],
      },
    });
  const table = { kind: "table", path, connectionId: connection };
  const sibling = { kind: "element", elementId: "f" };
  const inModel = { kind: "dataModel", dataModelId: model, elementId: "a" };

  it.each([
    ["a table", "[ORDERS/Net Sum]", [table], [`${orders}.NET_SUM`]],
    ["an element", "[f/Net]", [sibling], [`${sales}.Net`]],
    ["an element of a data model", "[A/Net]", [inModel], [`${model}.A/Net`]],
  ])("identifies %s that the lineage does not contain", (_what, formula, sources, expected) => {
    const { columns, messages } = read(formula, element(sources));
    expect(sourcesOf(columns)[0]).toEqual(expected);
    expect(messages).toEqual([]);
  });

  it("contains the columns of a union, some of which a source does not have", () => {
    const matches = [
      { output: "Both", columns: ["Net Sum", "Net"] },
      { output: "One", columns: [null, "Net"] },
    ];
    const spec = element([table, inModel], matches);
    expect(sourcesOf(read("[Union of 2 Sources/Both]", spec).columns)[0]).toEqual([
      `${model}.A/Net`,
      `${orders}.NET_SUM`,
    ]);
    expect(sourcesOf(read("[Union of 2 Sources/One]", spec).columns)[0]).toEqual([`${model}.A/Net`]);
  });

  it("with a data model that is not loaded identifies nothing", () => {
    const unknown = { kind: "dataModel", dataModelId: uuid("e2"), elementId: "a" };
    expect(sourcesOf(read("[A/Net]", element([unknown])).columns)[0]).toEqual([]);
  });

  it("that does not have the column either does not change the reason", () => {
    expect(read("[f/Nothing]", element([sibling])).messages.join()).toContain(
      "1 name a source that the element does not have",
    );
  });

  it("without the source leaves the reference unresolved", () => {
    const { columns, messages } = read("[Nothing/Net]", element([table]));
    expect(sourcesOf(columns)[0]).toEqual([]);
    expect(messages.join()).toContain("1 name a source that the element does not have");
  });
});
