import type { SqlRelation } from "../src/columns/sql-relation.ts";

/** `name < TABLE.column, …` for each output column, and `* < TABLE` for each passed-through table. */
export function describeRelation(relation: SqlRelation | null): readonly string[] | null {
  if (relation === null) return null;
  const outputs = relation.columns.map(
    ({ name, from }) =>
      `${name} < ${from.map(({ table, column }) => [...table, column].join(".")).join(", ")}`,
  );
  return [...outputs, ...relation.passesThrough.map((table) => `* < ${table.join(".")}`)];
}
