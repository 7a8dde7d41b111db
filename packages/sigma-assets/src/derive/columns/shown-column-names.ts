import { findColumn, type SqlRelation, type SqlTableColumn } from "@dagster-sigma/sql-lineage/columns";

/** The display name of a column: `Customer Id` for `CUSTOMER_ID` on connections with friendly names. */
export function shownName(written: string, hasFriendlyNames: boolean): string {
  if (!hasFriendlyNames) return written;
  return written
    .split(/[_/\s-]+/)
    .filter((word) => word !== "")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`)
    .join(" ");
}

/** A key for comparing column names, equal for all names with the same display name. */
export function friendlyName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_/-]+/g, " ")
    .trim();
}

/** Finds a column of a SQL statement by its display name: `Customer Id` finds `CUSTOMER_ID`. */
export function findShownColumn(relation: SqlRelation, shown: string): readonly SqlTableColumn[] | null {
  const [only, ...others] = relation.columns.filter(
    ({ name }) => name !== null && friendlyName(name) === friendlyName(shown),
  );
  const written = others.length === 0 ? only?.name : null;
  return findColumn(relation, written ?? shown);
}
