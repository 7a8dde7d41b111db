import type { DbtChange } from "./diff-relations.ts";

/** For example `Column net_amount of shop.marts.orders is dropped`. */
export function describeChange({ kind, relation, column, from, to }: DbtChange): string {
  const table = relation.table.join(".");
  const what = column === null ? `Table ${table}` : `Column ${column} of ${table}`;
  switch (kind) {
    case "table-dropped":
    case "column-dropped":
      return `${what} is dropped`;
    case "table-renamed":
      return `${what} is renamed to ${to}`;
    case "column-renamed":
      return `${what} is probably renamed to ${to}`;
    case "type-changed":
      return `${what} changes its type from ${from} to ${to}`;
    case "column-added":
      return `${what} is added`;
  }
}

/** What a kind of change means. */
export const changeMeanings: Readonly<Record<string, string>> = {
  "table-dropped": "A table that Sigma reads is dropped.",
  "table-renamed": "A table that Sigma reads is renamed.",
  "column-dropped": "A column that Sigma reads is dropped.",
  "column-renamed": "A column that Sigma reads is probably renamed.",
  "type-changed": "A column that Sigma reads gets another type.",
};
