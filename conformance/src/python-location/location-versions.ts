/** Versions of Dagster that `dagster-typescript` is tested with; the newest first. */
export const locationVersions = ["1.13.27", "1.11.16", "1.9.13"] as const;

export type LocationVersion = (typeof locationVersions)[number];

const webservers = {
  "1.13.27": "dagster-webserver",
  "1.11.16": "dagster-webserver-1.11.16",
  "1.9.13": "dagster-webserver-1.9.13",
} as const;
const withPostgres = {
  "1.13.27": "dagster-postgres",
  "1.11.16": "dagster-postgres-1.11.16",
  "1.9.13": "dagster-postgres-1.9.13",
} as const;

/** The Python environment with a version of Dagster. */
export function locationEnvironment(
  version: LocationVersion,
  { hasPostgres }: { readonly hasPostgres: boolean },
): (typeof webservers)[LocationVersion] | (typeof withPostgres)[LocationVersion] {
  return (hasPostgres ? withPostgres : webservers)[version];
}
