import { describe, expect, it } from "vitest";
import type { SigmaTable } from "../../../src/derive/lineage/sigma-table.ts";
import { assignTableDeps } from "../../../src/derive/translate/table-keys.ts";

const path = ["PROD", "SALES", "ORDERS"];
const connection = { connectionId: "c1", name: "Warehouse", type: "snowflake" };

function table(id: string, isKnown: boolean): SigmaTable {
  return { type: "table", id, path, connection: isKnown ? connection : null };
}

describe("tables with the same path", () => {
  it("are one asset with the metadata of a table whose connection is known", () => {
    const tables = [table("a", false), table("b", true), table("sql:c", true)];
    for (const order of [tables, [...tables].reverse()]) {
      const { deps } = assignTableDeps(order, new Set());
      expect(deps.size).toBe(3);
      expect(new Set(deps.values()).size).toBe(1);
      expect(deps.get("a")?.assetKey.path).toEqual(["prod", "sales", "orders"]);
      expect(deps.get("a")?.metadata["dagster/storage_kind"]?.value).toBe("snowflake");
    }
  });

  it("on connections to different warehouses keep the key that the listed table has, in any order", () => {
    const other = { ...connection, connectionId: "c2", name: "Lake", account: "b" };
    const listed = table("b", true);
    const onlyInSql: SigmaTable = { type: "table", id: "sql:a", path, connection: other };
    for (const order of [
      [listed, onlyInSql],
      [onlyInSql, listed],
    ]) {
      const { deps } = assignTableDeps(order, new Set());
      expect(deps.get("b")?.assetKey.path).toEqual(["prod", "sales", "orders"]);
      expect(deps.get("sql:a")?.assetKey.path).toEqual(["lake", "prod", "sales", "orders"]);
    }
  });
});
