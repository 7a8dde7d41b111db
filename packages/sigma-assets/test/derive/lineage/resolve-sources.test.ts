import { describe, expect, it } from "vitest";
import {
  buildOrganizationObjects,
  type JoinedOrganization,
} from "../../../src/derive/objects/build-organization-objects.ts";
import { buildState, uuid } from "../../build-state.ts";

const [board, orders, warehouse] = [uuid("a1"), uuid("b1"), uuid("c1")];
const connections = [{ id: warehouse, properties: { connectionId: warehouse, type: "snowflake" } }];
const element = { type: "element", elementId: "e", sourceIds: [] as string[] };
const ordersRow = { type: "table", inodeId: orders, name: "ORDERS", connectionId: warehouse };

function join(
  lineage: readonly object[],
  rows: Parameters<typeof buildState>[0] = {},
): Pick<JoinedOrganization, "diagnostics"> &
  Pick<JoinedOrganization["objects"], "tables"> & {
    readonly upstreams: JoinedOrganization["objects"]["workbooks"][number]["upstreams"];
  } {
  const workbook = { id: board, properties: { workbookId: board, name: "Board" }, lineage };
  const { objects, diagnostics } = buildOrganizationObjects(
    buildState({ connections, ...rows, workbooks: [workbook] }),
  );
  return { upstreams: objects.workbooks[0]?.upstreams ?? [], tables: objects.tables, diagnostics };
}

describe("a table whose path Sigma does not return", () => {
  const read = [{ ...element, sourceIds: [orders] }, ordersRow];
  const tried = [{ route: "GET /v2/files/{id}", reason: "404" }];
  const missing = { id: orders, fetchedAt: "", tried, query: null };

  it("has the path in the SQL of an element that reads only this table", () => {
    const inSql = (sql: string): readonly unknown[] => {
      const query = { workbookId: board, elementId: "e", sql };
      return join(read, { missingTables: [{ ...missing, query }] }).tables.map(({ path }) => path);
    };
    expect(inSql("select * from PROD.SALES.ORDERS")).toEqual([["PROD", "SALES", "ORDERS"]]);
    for (const other of ["select 1", "select * from A.B.OTHER", "select * from ORDERS join A.B.ORDERS"])
      expect(inSql(other), other).toEqual([]);
  });

  it("is no source without such SQL, and the diagnostic names the calls for it", () => {
    const { upstreams, diagnostics } = join(read, { missingTables: [missing] });
    expect(upstreams).toEqual([]);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^TABLE_NOT_LISTED .*Calls for its path: GET \/v2\/files\/\{id\} \(404\)\./),
    ]);
    const [unasked] = join(read).diagnostics;
    expect(unasked?.message).not.toContain("Calls for its path");
  });
});

describe("a reference that no row describes", () => {
  it("is a data model or an inode only if it contains the id of one", () => {
    const codesOf = (reference: string): readonly string[] =>
      join([{ ...element, sourceIds: [reference] }]).diagnostics.map(({ code }) => code);
    expect(codesOf("3a9NKVKXsgLrIt4srUKRza/o_fc-lpW-1")).toEqual(["DATA_MODEL_NOT_LISTED"]);
    expect(codesOf("inode-3a9NKVKXsgLrIt4srUKRza")).toEqual(["SOURCE_UNRESOLVED"]);
    expect(codesOf("folder/o_fc-lpW-1")).toEqual(["SOURCE_UNRESOLVED"]);
    expect(join([{ ...element, sourceIds: ["folder/o_fc-lpW-1"] }]).upstreams).toEqual([]);
    expect(join([{ ...element, sourceIds: ["inode-3a9NKVKXsgLrIt4srUKRza"] }]).upstreams).toEqual([]);
  });
});

describe("custom SQL", () => {
  const customSql = { type: "customSQL", name: "q", connectionId: warehouse };
  const read = { ...element, sourceIds: ["q"] };

  it("reads the tables in its text, which is how they are known", () => {
    const definition = "select * from PROD.SALES.ORDERS";
    const { upstreams, tables, diagnostics } = join([read, { ...customSql, definition }]);
    expect(diagnostics).toEqual([]);
    expect(tables.map(({ path }) => path)).toEqual([["PROD", "SALES", "ORDERS"]]);
    expect(upstreams).toMatchObject([{ type: "table", id: tables[0]?.id, told: ["lineage:sql"] }]);
  });

  it("reads no table if Sigma does not return its text, which is a diagnostic", () => {
    const { upstreams, diagnostics } = join([read, customSql]);
    expect(upstreams).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["CUSTOM_SQL_WITHOUT_TEXT"]);
  });
});
