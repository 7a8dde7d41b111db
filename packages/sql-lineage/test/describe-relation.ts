import type { SqlRelation } from "../src/columns/sql-relation.ts";

/** `name < TABLE.column, …` for each output, and `* < TABLE` for what passes through. */
export function describeRelation(relation: SqlRelation | null): readonly string[] | null {
  if (relation === null) return null;
  const outputs = relation.columns.map(
    ({ name, from }) =>
      `${name} < ${from.map(({ table, column }) => [...table, column].join(".")).join(", ")}`,
  );
  return [...outputs, ...relation.passesThrough.map((table) => `* < ${table.join(".")}`)];
}
