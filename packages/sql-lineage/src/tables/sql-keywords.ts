const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Clauses that end a FROM clause. */
export const clauses: ReadonlySet<string> = words(
  "WHERE GROUP HAVING ORDER LIMIT QUALIFY WINDOW FETCH OFFSET CONNECT START SET WHEN RETURNING CLUSTER DISTRIBUTE SORT INTO",
);
export const setOperations: ReadonlySet<string> = words("UNION INTERSECT EXCEPT MINUS");
export const joins: ReadonlySet<string> = words("JOIN APPLY STRAIGHT_JOIN");
export const joinKinds: ReadonlySet<string> = words(
  "NATURAL INNER LEFT RIGHT FULL OUTER CROSS SEMI ANTI ASOF POSITIONAL GLOBAL ANY ALL",
);
/** Words that follow a table and are not its alias; the alias may still come. */
export const tableSuffixes: ReadonlySet<string> = words(
  "PIVOT UNPIVOT TABLESAMPLE SAMPLE MATCH_RECOGNIZE MATCH_CONDITION AT BEFORE CHANGES PARTITION USE FORCE IGNORE INDEX KEY INCLUDE EXCLUDE NULLS REPEATABLE SEED BERNOULLI SYSTEM ROW ROWS PERCENT",
);
/** Words after FOR in a time travel clause. */
export const timeTravel: ReadonlySet<string> = words("SYSTEM_TIME SYSTEM_VERSION VERSION TIMESTAMP");
/** Words after FOR in an index hint. */
export const indexHints: ReadonlySet<string> = words("JOIN ORDER GROUP");
/** Words that are not an alias when they follow AS. */
export const afterAs: ReadonlySet<string> = words("SELECT WITH VALUES TABLE FROM");
/** Functions with a FROM in their arguments. */
export const functionsWithFrom: ReadonlySet<string> = words("TRIM SUBSTRING SUBSTR OVERLAY EXTRACT POSITION");
/** Words after which TABLE reads a table instead of defining one. */
export const beforeTable: ReadonlySet<string> = words("UNION INTERSECT EXCEPT MINUS ALL DISTINCT EXPLAIN AS");
