import { labeled } from "./labeled-statement.ts";

/** Statements of dialects without traits of their own, and of connections whose dialect is unknown. */
export const generic = labeled("generic", [
  ["dbo|Order.Lines b", "select l.[id], a[1] from [dbo].[Order.Lines] l join [b] on b.[x] = l.[x]"],
  ["a", "select x[1], y['key'] from a where z[a.n] = 1"],
  ["p|d|t c", "select * from `p.d.t` join c using (id)"],
  ["a b", "select * from a cross apply f(a.x) g join b on b.id = g.id"],
]);

export const mysql = labeled("mysql", [
  ["t u", "select * from t use index for join (i) ignore index for order by (j), u"],
  ["t u", "select * from t force index for group by (i) join u using (id)"],
  ["s|t", 'select "from x" as a from `s`.`t` # join u\nwhere b = "join v"'],
  ["a b", "select * from a straight_join b on a.id = b.id"],
  ["a b", "delete from a.*, b.* using a join b on a.id = b.id"],
]);
