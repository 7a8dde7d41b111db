import { queryTable } from "../../packages/dagster-sigma/dist/recording/routes/query-table.js";
import { routeTable } from "../../packages/dagster-sigma/dist/recording/routes/route-table.js";
import { errorAnswer } from "../../packages/dagster-sigma/dist/recording/rules/error-row.js";

/** The tables of `docs/reference/recording.md`: routes, parameters, and the fields of all rows. */
export function recordingTables() {
  const rules = [...Object.values(routeTable), errorAnswer];
  const rows = new Map();
  for (const row of rules.flatMap((rule) => rule.rows)) {
    if ((rows.get(row.name) ?? row).fields !== row.fields)
      throw new Error(`Two rows are named "${row.name}".`);
    rows.set(row.name, row);
  }
  return [
    "## Routes",
    table(["route", "answer"], routeTable),
    "## Parameters",
    table(["parameter", "value"], queryTable),
    "## Fields",
    ...[...rows.values()].flatMap(({ name, fields }) => [`### ${name}`, table(["field", "value"], fields)]),
  ].join("\n\n");
}

function table(columns, rules) {
  const rows = Object.entries(rules).map(([name, { title }]) => `| \`${name}\` | ${title} |`);
  return [`| ${columns.join(" | ")} |`, "|---|---|", ...rows].join("\n");
}
