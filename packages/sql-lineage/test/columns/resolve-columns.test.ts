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
    ["region < T.region", "jan < T.amount"],
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
  ["everything of values", "postgres", "select * from (values (1, 2)) v", ["column1 < ", "column2 < "]],
  ["rows without others", "postgres", "select a from s.t except select b from s.u", ["a < s.t.a"]],
  ["common rows", "postgres", "select a from s.t intersect select b from s.u", ["a < s.t.a"]],
  [
    "a union in parentheses",
    "postgres",
    "(select a as x from s.t) union all (select b from s.u)",
    ["x < s.t.a, s.u.b"],
  ],
  [
    "a union with fewer columns, or with everything, on its right",
    "postgres",
    "select a, b from s.t union all select x from s.u union all select * from s.v",
    ["a < s.t.a, s.u.x, s.v.a", "b < s.t.b, s.v.b", "* < s.v"],
  ],
  [
    "an exploded column of a lateral view",
    "databricks",
    "select id, item, x.item as again from c.s.t lateral view explode(items) x as item",
    ["id < c.s.t.id", "item < c.s.t.items", "again < c.s.t.items"],
  ],
  [
    "lateral views over each other",
    "databricks",
    "select pos, tag from c.s.t lateral view explode(items) x as item lateral view posexplode(item.tags) y as pos, tag",
    ["pos < c.s.t.items", "tag < c.s.t.items"],
  ],
  ["a lateral subquery", "postgres", "select l.x from s.a a, lateral (select a.v as x) l", ["x < s.a.v"]],
  [
    "named columns of a function",
    "postgres",
    "select item, n from s.t t cross join lateral jsonb_array_elements(t.doc) with ordinality as x (item, n)",
    ["item < s.t.doc", "n < s.t.doc"],
  ],
  ["a nested column as a source", "bigquery", "select l.sku from p.d.t o, o.lines l", ["sku < p.d.t.lines"]],
  [
    "a nested join",
    "postgres",
    "select x.a, y.b from (s.x x join s.y y on x.id = y.id)",
    ["a < s.x.a", "b < s.y.b"],
  ],
  [
    "an aliased nested join only as far as its tables are known",
    "postgres",
    "select j.a, j.b, c from ((select a from s.x) x join s.y y on x.id = y.id) as j",
    ["a < s.x.a", "b < s.y.b", "c < s.y.c"],
  ],
  [
    "no column that two tables may have",
    "postgres",
    "select j.a, b from (s.x x join s.y y on x.id = y.id) as j",
    ["a < ", "b < "],
  ],
  [
    "a pivoted table with other columns",
    "snowflake",
    "select * from (select id, m, v from T) pivot(sum(v) for m in ('a', 'b')) p",
    ["id < T.id"],
  ],
  [
    "a renamed column",
    "snowflake",
    "select * rename a as x from (select a, b from T)",
    ["x < T.a", "b < T.b"],
  ],
  [
    "renamed columns",
    "snowflake",
    "select * rename (a as x, b as y) from (select a, b from T)",
    ["x < T.a", "y < T.b"],
  ],
  [
    "all columns except a single one, and except several",
    "snowflake",
    "select t.* exclude a, u.* exclude (d, E) from (select a, b from T) t, (select c, d, e from U) u",
    ["b < T.b", "c < U.c"],
  ],
  ["everything of one of two tables", "postgres", "select u.* from s.t t, s.u u", ["* < s.u"]],
  ["no source for everything of two tables", "postgres", "select *, t.a from s.t t, s.u u", ["a < s.t.a"]],
  [
    "a table in a schema named like a CTE",
    "postgres",
    "with t as (select 1 as a) select a from s.t",
    ["a < s.t.a"],
  ],
  [
    "a CTE of a subquery that is named like an outer one",
    "postgres",
    "with a as (select x from s.t) select (with a as (select y from s.u) select y from a) as q, x from a",
    ["q < s.u.y", "x < s.t.x"],
  ],
  ["a column that is used twice", "postgres", "select a + a as b from s.t", ["b < s.t.a"]],
  [
    "a column of a source rather than one named earlier",
    "postgres",
    "select a as b, b as c from (select a, b from s.t) q",
    ["b < s.t.a", "c < s.t.b"],
  ],
  [
    "the tables of a subquery, but not those of an existence test",
    "postgres",
    "select a in (select u.x from s.u u) as i, exists (select u.x from s.u u where u.y = t.b) as e from s.t t",
    ["i < s.t.a, s.u.x", "e < "],
  ],
  [
    "a subquery inside a subquery",
    "postgres",
    "select (select q.v from (select o.w as v) q) as w from s.o o",
    ["w < s.o.w"],
  ],
  [
    "names with schema and database",
    "snowflake",
    "select T.A, D.S.T.B, S.T.C, D.S.T.D.E from D.S.T",
    ["A < D.S.T.A", "B < D.S.T.B", "C < D.S.T.C", "E < D.S.T.D"],
  ],
  [
    "a column of one of several outer sources",
    "postgres",
    "select (select max(x.v + o.w + p.w) from s.x x) as m from s.o o join s.p p on o.id = p.id",
    ["m < s.x.v, s.o.w, s.p.w"],
  ],
  [
    "everything of a table next to a subquery",
    "postgres",
    "select * from (select a from s.t) q, s.u u",
    ["a < s.t.a", "* < s.u"],
  ],
  [
    "a name in backticks, as a whole and in parts",
    "bigquery",
    "select t.a, u.b from `p.d.t` t join `my-p`.d.`u` u on t.id = u.id",
    ["a < p.d.t.a", "b < my-p.d.u.b"],
  ],
  [
    "a subquery of which some columns are renamed",
    "postgres",
    "select q.z, q.b from (select a, b from s.t) q (z)",
    ["z < s.t.a", "b < s.t.b"],
  ],
];

describe("column lineage of SQL", () => {
  it.each(cases)("resolves %s (%s)", async (_what, dialect, sql, outputs) => {
    expect(describeRelation(await reader.read(sql, dialect))).toEqual(outputs);
  });
});
