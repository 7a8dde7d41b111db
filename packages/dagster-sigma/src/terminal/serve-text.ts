/** The entry of `workspace.yaml` with which Dagster loads the location. */
export function formatWorkspace(options: {
  readonly host: string;
  readonly port: number;
  readonly tlsCert?: string;
}): string {
  return [
    "load_from:",
    "  - grpc_server:",
    `      host: ${options.host}`,
    `      port: ${options.port}`,
    "      location_name: sigma",
    ...(options.tlsCert === undefined ? [] : ["      ssl: true"]),
    "",
  ].join("\n");
}

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
    `  npx dagster-sigma serve${named} --print-workspace > workspace.yaml`,
    "  dagster dev -w workspace.yaml",
    "",
  ].join("\n");
}
