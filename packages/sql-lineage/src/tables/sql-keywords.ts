const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Begin what is no FROM clause any more. */
export const clauses: ReadonlySet<string> = words(
  "WHERE GROUP HAVING ORDER LIMIT QUALIFY WINDOW FETCH OFFSET CONNECT START SET WHEN RETURNING CLUSTER DISTRIBUTE SORT INTO",
);
export const setOperations: ReadonlySet<string> = words("UNION INTERSECT EXCEPT MINUS");
export const joins: ReadonlySet<string> = words("JOIN APPLY STRAIGHT_JOIN");
export const joinKinds: ReadonlySet<string> = words(
  "NATURAL INNER LEFT RIGHT FULL OUTER CROSS SEMI ANTI ASOF POSITIONAL GLOBAL ANY ALL",
);
/** Stand behind a table and are not its alias, which may still come. */
export const tableSuffixes: ReadonlySet<string> = words(
  "PIVOT UNPIVOT TABLESAMPLE SAMPLE MATCH_RECOGNIZE MATCH_CONDITION AT BEFORE CHANGES PARTITION USE FORCE IGNORE INDEX KEY INCLUDE EXCLUDE NULLS REPEATABLE SEED BERNOULLI SYSTEM ROW ROWS PERCENT",
);
/** What may follow FOR where a table is read as it was at another time. */
export const timeTravel: ReadonlySet<string> = words("SYSTEM_TIME SYSTEM_VERSION VERSION TIMESTAMP");
/** What may follow FOR in an index hint. */
export const indexHints: ReadonlySet<string> = words("JOIN ORDER GROUP");
/** Words between which and AS no alias stands. */
export const afterAs: ReadonlySet<string> = words("SELECT WITH VALUES TABLE FROM");
/** Functions in whose arguments FROM is no clause. */
export const functionsWithFrom: ReadonlySet<string> = words("TRIM SUBSTRING SUBSTR OVERLAY EXTRACT POSITION");
/** What TABLE may follow where it reads a table instead of defining one. */
export const beforeTable: ReadonlySet<string> = words("UNION INTERSECT EXCEPT MINUS ALL DISTINCT EXPLAIN AS");
