/** What the `DAGSTER_SIGMA_*` variables say about loads. */
export interface LoadVariables {
  /** The folder where loads without a `stateDir` option keep their states; null to keep none. */
  readonly stateDir: string | null;
  /** Whether loads with a kept state refresh it first: not, what changed, or everything. */
  readonly refresh: "no" | "changes" | "full";
  /** Whether loads with a `snapshotPath` read the file, or fetch from Sigma and write it. */
  readonly snapshot: "read" | "write";
}

/** Set around a user's file while snapshots are written, under the name that dagster-sigma in Python uses. */
export const generatingSnapshotVariable = "DAGSTER_SIGMA_IS_GENERATING_SNAPSHOT";

/** The one place that reads these variables; docs/reference/configuration.md describes them. */
export function readLoadVariables(variables: Readonly<Record<string, string | undefined>>): LoadVariables {
  const refresh = variables["DAGSTER_SIGMA_REFRESH"];
  return {
    stateDir: variables["DAGSTER_SIGMA_STATE_DIR"] || null,
    refresh: refresh === undefined || refresh === "" ? "no" : refresh === "full" ? "full" : "changes",
    snapshot: variables[generatingSnapshotVariable] ? "write" : "read",
  };
}
