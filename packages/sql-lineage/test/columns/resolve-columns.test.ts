import { afterAll, describe, expect, it } from "vitest";
import type { SqlDialect } from "../../src/dialects/sql-dialect.ts";
import { SqlColumnReader } from "../../src/parser/sql-column-reader.ts";
import { describeRelation } from "../describe-relation.ts";

const reader = new SqlColumnReader({ collectMs: 0 });
afterAll(() => reader.close());

const cases: readonly (readonly [
  what: string,
  dialect: SqlDialect,
  sql: string,
  outputs: readonly string[],
])[] = [
  ["a list", "snowflake", "select a, t.b from D.S.T t", ["a < D.S.T.a", "b < D.S.T.b"]],
  ["everything", "snowflake", 'select * from (select * from P.S."Quoted") Q', ["* < P.S.Quoted"]],
  [
    "an expression",
    "postgres",
    "select coalesce(a, b) as c, 1 as one from s.t",
    ["c < s.t.a, s.t.b", "one < "],
  ],
  [
    "a column named earlier",
    "snowflake",
    "select a + b as c, c * 2 as d from T",
    ["c < T.a, T.b", "d < T.a, T.b"],
  ],
  [
    "a CTE with column names",
    "postgres",
    "with q (x, y) as (select a, b from t) select y, x from q",
    ["y < t.b", "x < t.a"],
  ],
  [
    "a CTE that shadows a table",
    "snowflake",
    "with ORDERS as (select ID as KEY from DB.S.ORDERS) select KEY from ORDERS",
    ["KEY < DB.S.ORDERS.ID"],
  ],
  [
    "a CTE that reads itself",
    "postgres",
    "with recursive tree as (select id, parent from node union all select n.id, t.parent from node n join tree t on t.id = n.parent) select id, parent from tree",
    ["id < node.id", "parent < node.parent"],
  ],
  [
    "a union, by position",
    "bigquery",
    "select a as x from `p.d.t` union all select b from p.d.u",
    ["x < p.d.t.a, p.d.u.b"],
  ],
  [
    "a join merged by using",
    "redshift",
    "select id, x.a, b from s.x x join s.y y using (id)",
    ["id < s.x.id, s.y.id", "a < s.x.a", "b < "],
  ],
  [
    "all columns of one source",
    "snowflake",
    "select t.*, u.a as other from (select a, b from T) t, U u",
    ["a < T.a", "b < T.b", "other < U.a"],
  ],
  [
    "all columns except some",
    "snowflake",
    "select * exclude (b) from (select a, b, c from T)",
    ["a < T.a", "c < T.c"],
  ],
  [
    "all columns with one replaced",
    "bigquery",
    "select * replace (upper(a) as a) from (select a, b from p.d.t)",
    ["a < p.d.t.a", "b < p.d.t.b"],
  ],
  [
    "a correlated scalar subquery",
    "postgres",
    "select (select max(x.v + o.w) from s.x x where x.id = o.id) as m from s.o o",
    ["m < s.x.v, s.o.w"],
  ],
  [
    "a window",
    "databricks",
    "select sum(a) over (partition by b order by c) as w from c.s.t",
    ["w < c.s.t.a, c.s.t.b, c.s.t.c"],
  ],
  [
    "a flattened column",
    "snowflake",
    "select f.value:x::string as v from DB.S.T t, lateral flatten(input => t.tags) f",
    ["v < DB.S.T.tags"],
  ],
  [
    "an unnested column",
    "bigquery",
    "select item.sku as sku from p.d.orders o, unnest(o.items) as item",
    ["sku < p.d.orders.items"],
  ],
  [
    "a pivot over known columns",
    "snowflake",
    "select region, jan from (select region, month, amount from T) pivot(sum(amount) for month in ('jan')) as p (region, jan)",
    ["region < T.region", "jan < T.month"],
  ],
  [
    "an unpivot over known columns",
    "snowflake",
    "select region, sales, month from (select region, jan, feb from T) unpivot(sales for month in (jan, feb))",
    ["region < T.region", "sales < T.jan, T.feb", "month < "],
  ],
  [
    "everything of a table that is unpivoted",
    "snowflake",
    "select * from T unpivot(sales for month in (jan, feb)) u",
    ["sales < T.jan, T.feb", "month < ", "* < T"],
  ],
  [
    "fields of a column",
    "bigquery",
    "select address.city as city from p.d.people",
    ["city < p.d.people.address"],
  ],
  ["values", "postgres", "select v.a from (values (1, 2)) v (a, b)", ["a < "]],
];

describe("column lineage of SQL", () => {
  it.each(cases)("resolves %s (%s)", async (_what, dialect, sql, outputs) => {
    expect(describeRelation(await reader.read(sql, dialect))).toEqual(outputs);
  });
});
