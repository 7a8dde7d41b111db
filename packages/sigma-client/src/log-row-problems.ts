import type { Logger } from "@dagster-sigma/foundation";
import type { OnRowProblem } from "./row-problem.ts";

/** Logs the first problem of each field of each route. */
export function logRowProblems(logger: Logger): OnRowProblem {
  const logged = new Set<string>();
  return ({ route, endpoint, row, field, expected, found, isRowLost }) => {
    const what = `${route} ${field.replace(/\[\d+\]/g, "[]")} ${isRowLost}`;
    if (logged.has(what)) return;
    logged.add(what);
    logger.warn(isRowLost ? "a row is unreadable" : "a field is unreadable", {
      endpoint,
      row,
      field,
      expected,
      found,
    });
  };
}
