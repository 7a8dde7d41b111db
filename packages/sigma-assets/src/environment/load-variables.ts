/** Settings of loads from the `DAGSTER_SIGMA_*` variables. */
export interface LoadVariables {
  /** Folder for the states of loads without the option `stateDir`; null to store none (`DAGSTER_SIGMA_STATE_DIR`). */
  readonly stateDir: string | null;
  /** Whether loads with a stored state refresh it first: no, only changes, or everything (`DAGSTER_SIGMA_REFRESH`). */
  readonly refresh: "no" | "changes" | "full";
  /** Whether loads with a `snapshotPath` read the file, or fetch from Sigma and write it. */
  readonly snapshot: "read" | "write";
}

/** Set while a definitions file runs to write snapshots. The name is that of dagster-sigma for Python. */
export const generatingSnapshotVariable = "DAGSTER_SIGMA_IS_GENERATING_SNAPSHOT";

/** Reads the variables. No other code reads them; docs/reference/configuration.md describes them. */
export function readLoadVariables(variables: Readonly<Record<string, string | undefined>>): LoadVariables {
  const refresh = variables["DAGSTER_SIGMA_REFRESH"];
  return {
    stateDir: variables["DAGSTER_SIGMA_STATE_DIR"] || null,
    refresh: refresh === undefined || refresh === "" ? "no" : refresh === "full" ? "full" : "changes",
    snapshot: variables[generatingSnapshotVariable] ? "write" : "read",
  };
}
