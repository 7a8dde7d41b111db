/** Path segments that are part of route names; all others are ids. */
export const routeParts: ReadonlySet<string> = new Set(
  `  v2 whoami workbooks dataModels datasets reports files connections members teams workspaces tags paths tables columns
  pages elements lineage queries query sources version-history materialization materializations materialization-schedules
  materializationSchedules`
    .trim()
    .split(/\s+/)
    .concat(""),
);
