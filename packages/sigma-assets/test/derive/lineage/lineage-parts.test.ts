import { urlIdOf } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import { lineagePartOf, workbookSources } from "../../../src/derive/lineage/document-sources.ts";
import { singleSourceElements } from "../../../src/derive/lineage/single-source-elements.ts";
import { specSources } from "../../../src/derive/lineage/spec-sources.ts";
import { sqlNameFilter } from "../../../src/derive/lineage/sql-name-filter.ts";
import { SqlTables } from "../../../src/derive/lineage/sql-tables.ts";
import { unknownSourceId } from "../../../src/derive/lineage/unknown-source-id.ts";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import type { WorkbookState } from "../../../src/state/organization-state.ts";
import { buildState, uuid } from "../../build-state.ts";

const [table, otherTable, model] = [uuid("a1"), uuid("a2"), uuid("b1")];
const bigQuery = [{ id: "c", properties: { connectionId: "c", name: "C", type: "bigQuery" } }];
/** In BigQuery, `o.lines` is a column. */
const sqlWithColumn = "select * from ds.orders o, o.lines";

function workbookOf(answers: object): WorkbookState {
  const { workbooks } = buildState({ workbooks: [{ id: "w", properties: { workbookId: "w" }, ...answers }] });
  return workbooks[0] as WorkbookState;
}

function elementWith(nodes: readonly (readonly [type: string, id: string])[]): object {
  const dependencies = Object.fromEntries(nodes.map(([type, nodeId]) => [nodeId, { nodeId, type }]));
  return { elementId: "e", lineage: { dependencies } };
}

describe("the lineage of a single element", () => {
  const tables = [table, otherTable].map((id) => ["table", `inode-${urlIdOf(id)}`] as const);
  const single = (count: number): readonly object[] =>
    singleSourceElements(
      workbookOf({ lineage: null, elementLineage: [elementWith(tables.slice(0, count))] }),
    );

  it("identifies its source only if it has one", () => {
    expect(single(0)).toEqual([]);
    expect(single(1)).toEqual([{ workbookId: "w", elementId: "e", sourceType: "table", sourceId: table }]);
    expect(single(2)).toEqual([]);
  });

  it("may contain a data model as a node", () => {
    const elementLineage = [elementWith([["data-model", `${urlIdOf(model)}/x`]])];
    expect(workbookSources(workbookOf({ lineage: null, elementLineage }))).toMatchObject([
      { type: "dataModel", id: model },
    ]);
  });

  it("is followed by generated SQL if it contains no source", () => {
    const elementLineage = [elementWith([])];
    expect(lineagePartOf(workbookOf({ elementLineage, queries: [] }))).toBe("queries");
    expect(lineagePartOf(workbookOf({ elementLineage: null, queries: [] }))).toBe("queries");
    expect(lineagePartOf(workbookOf({ elementLineage: [elementWith(tables)], queries: [] }))).toBe(
      "elementLineage",
    );
  });
});

describe("SQL", () => {
  it("without a connection is read in the dialect of all connections, if they have one", () => {
    const read = (connections: typeof bigQuery): readonly (readonly string[])[] =>
      new SqlTables({ connections } as never, []).read(sqlWithColumn, null).map(({ path }) => path);
    expect(read(bigQuery)).toEqual([["ds", "orders"]]);
    expect(read([...bigQuery, ...bigQuery.map((each) => ({ ...each, id: "d" }))])).toEqual([
      ["ds", "orders"],
    ]);
    const snowflake = { id: "d", properties: { connectionId: "d", name: "D", type: "snowflake" } };
    expect(read([...bigQuery, snowflake])).toHaveLength(2);
  });

  it("names tables in the dialect of its connection", () => {
    const source = { type: "customSql", id: "q", definition: sqlWithColumn, connectionId: "c" } as const;
    const mayName = sqlNameFilter([source], bigQuery as never);
    expect(mayName?.("c", ["project", "ds", "orders"])).toBe(true);
    expect(mayName?.("c", ["project", "o", "lines"])).toBe(false);
    expect(mayName?.("d", ["project", "ds", "orders"])).toBe(false);
    expect(sqlNameFilter([], bigQuery as never)).toBeNull();
  });
});

it("a table in a code representation is known by its path", () => {
  const source = { kind: "table", path: ["PROD", "ORDERS"], connectionId: "c" } as const;
  const element = { id: "e", name: null, sources: [source], matches: [], joins: [], metrics: [] };
  expect(specSources({ elements: [element] })).toEqual([
    { type: "warehouseObject", id: "PROD.ORDERS", path: ["PROD", "ORDERS"], connectionId: "c" },
  ]);
});

it("the id in a row of an unknown type is the first field that contains one", () => {
  const row = { type: "mystery", connectionId: "c", emptyId: "", numberId: 1, mysteryId: "m" };
  expect(unknownSourceId(row as never)).toBe("m");
  expect(unknownSourceId({ ...row, type: "Table" } as never)).toBeNull();
});

it("a diagnostic names up to three readers of a source, and counts the others", () => {
  const messageFor = (readers: number): string | undefined => {
    const workbooks = Array.from({ length: readers }, (_, at) => ({
      id: `w${at}`,
      properties: { workbookId: `w${at}`, name: `W${at}` },
      lineage: [{ type: "element", elementId: "e", sourceIds: ["gone"] }],
    }));
    return buildOrganizationObjects(buildState({ workbooks })).diagnostics[0]?.message;
  };
  expect(messageFor(1)).toContain('is read by the workbook "W0", and');
  expect(messageFor(5)).toContain('the workbook "W2" and 2 more, and');
});
