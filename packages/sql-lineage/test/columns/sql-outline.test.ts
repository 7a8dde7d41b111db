import { afterAll, describe, expect, it } from "vitest";
import { isOutlineTable } from "../../src/columns/sql-outline.ts";
import type { SqlDialect } from "../../src/dialects/sql-dialect.ts";
import { SqlColumnReader } from "../../src/parser/sql-column-reader.ts";

const reader = new SqlColumnReader({ collectMs: 0, outlines: true });
afterAll(() => reader.close());

/** Each column as `name: type`, each table as `table.* without a, b`. Null if unknown. */
async function outline(
  sql: string,
  dialect: SqlDialect = "snowflake",
): Promise<readonly string[] | null | undefined> {
  const relation = await reader.read(sql, dialect);
  return relation?.outline?.map((item) =>
    isOutlineTable(item)
      ? `${item.table.join(".")}.*${item.without.length === 0 ? "" : ` without ${item.without.join(", ")}`}`
      : `${item.name}${item.type === null ? "" : `: ${item.type}`}`,
  );
}

async function expression(sql: string): Promise<string | undefined> {
  const [item] = (await reader.read(sql, "snowflake"))?.outline ?? [];
  return item === undefined || isOutlineTable(item) ? undefined : item.expression;
}

describe("the outline of a query", () => {
  it.each([
    ["select a, b as c, 1 from t", ["a", "c", "null"]],
    ["select cast(a as numeric(10, 2)) as x, b::text as y from t", ["x: numeric(10,2)", "y: text"]],
    ["with f as (select a::int as n, b from t) select * from f", ["n: int", "b"]],
    ["with f as (select a::int as n from t), g as (select f.n as m from f) select m from g", ["m: int"]],
    ["select * from db.s.t", ["db.s.t.*"]],
    ["select t.*, u.x from t join u on t.id = u.id", ["t.*", "x"]],
    ["select * from t join u on t.id = u.id", ["t.*", "u.*"]],
    ["select * exclude (A, b) from t", ["t.* without a, b"]],
    ["select * rename (a as z) from t", ["t.* without a", "z"]],
    ["select * replace (upper(a) as a) from t", ["t.* without a", "a"]],
    ["with f as (select a, b, c from t) select * exclude (b) from f", ["a", "c"]],
    ["with f as (select a, b from t) select * rename (a as z) from f", ["z", "b"]],
    ["select a, b from t union all select c, d from u", ["a", "b"]],
    ["with f (x, y) as (select a, b from t) select * from f", ["x", "y"]],
  ])("%s", async (sql, expected) => {
    expect(await outline(sql)).toEqual(expected);
  });

  it.each([
    ["select * from table(flatten(input => x))"],
    ["with f (x) as (select * from t) select * from f"],
    ["select a from"],
  ])("is unknown: %s", async (sql) => {
    expect(await outline(sql)).toBeUndefined();
  });

  it("has equal expressions whatever the layout, quotes, case and aliases", async () => {
    const one = await expression('select t."PRICE" - discount as net from orders t');
    expect(one).toBeDefined();
    expect(
      await expression("with o as (select price-DISCOUNT /* net */ as n from orders) select n as x from o"),
    ).toBe(one);
    expect(await expression("select price + discount as net from orders")).not.toBe(one);
    expect(await expression("select discount - price as net from orders")).not.toBe(one);
  });

  it("is missing if it is not asked for", async () => {
    const plain = new SqlColumnReader({ collectMs: 0 });
    expect(await plain.read("select a from t", "generic")).not.toHaveProperty("outline");
    await plain.close();
  });
});
