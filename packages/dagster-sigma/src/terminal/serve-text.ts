/**
 * Commands that start this code location, and a Dagster that loads it.
 *
 * @param file of the definitions, as given on the command line; null for the options of the command
 */
export function formatWithDagster(file: string | null): string {
  const named = file === null ? "" : ` -f ${file}`;
  return [
    "In one terminal, a code location with the same assets:",
    `  npx dagster-sigma serve${named}`,
    "In another, Dagster (Python 3.10 or newer):",
    "  pip install dagster dagster-webserver",
    `  npx dagster-sigma serve${named} --add-to workspace.yaml`,
    "  dagster dev -w workspace.yaml",
    "",
  ].join("\n");
}
