/** The supported SQL dialects. Any other dialect is read as `generic`. */
export const sqlDialects = [
  "snowflake",
  "bigquery",
  "databricks",
  "redshift",
  "postgres",
  "mysql",
  "generic",
] as const;

/** One of the supported dialects. */
export type SqlDialect = (typeof sqlDialects)[number];

const otherNames: Readonly<Record<string, SqlDialect>> = {
  postgresql: "postgres",
  spark: "databricks",
  mariadb: "mysql",
};

/** The dialect with a name, ignoring case; `generic` for unknown names. */
export function parseSqlDialect(name: string | null | undefined): SqlDialect {
  const text = (name ?? "").trim().toLowerCase();
  return sqlDialects.find((dialect) => dialect === text) ?? otherNames[text] ?? "generic";
}
