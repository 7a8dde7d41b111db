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
  const exact = relation.columns.find(({ name }) => name?.toLowerCase() === shown.toLowerCase());
  const friendly = relation.columns.filter(
    ({ name }) => name !== null && friendlyName(name) === friendlyName(shown),
  );
  const [only] = friendly;
  const written = exact?.name ?? (friendly.length === 1 ? only?.name : null) ?? shown;
  return findColumn(relation, written);
}
