import { ConfigurationError } from "@dagster-sigma/foundation";

/** Settings of loads from the `DAGSTER_SIGMA_*` variables. */
export interface LoadVariables {
  /** Folder for the states of loads without the option `stateDir`; null to store none (`DAGSTER_SIGMA_STATE_DIR`). */
  readonly stateDir: string | null;
  /** Whether loads with a stored state refresh it first: no, only changes, or everything (`DAGSTER_SIGMA_REFRESH`). */
  readonly refresh: "no" | "changes" | "full";
  /** Whether loads with a `snapshotPath` read the file, or fetch from Sigma and write it. */
  readonly snapshot: "read" | "write";
  /** Number of states that refreshes replaced, and that are kept for comparison (`DAGSTER_SIGMA_KEEP_STATES`; default: 7). */
  readonly keepStates: number;
}

/** Set while a definitions file runs to write snapshots. The name is that of dagster-sigma for Python. */
export const generatingSnapshotVariable = "DAGSTER_SIGMA_IS_GENERATING_SNAPSHOT";

const keepStatesVariable = "DAGSTER_SIGMA_KEEP_STATES";

/**
 * Reads the variables. No other code reads them; docs/reference/configuration.md describes them.
 *
 * @throws ConfigurationError `LOAD_VARIABLE_INVALID`
 */
export function readLoadVariables(variables: Readonly<Record<string, string | undefined>>): LoadVariables {
  const refresh = variables["DAGSTER_SIGMA_REFRESH"];
  return {
    stateDir: variables["DAGSTER_SIGMA_STATE_DIR"] || null,
    refresh: refresh === undefined || refresh === "" ? "no" : refresh === "full" ? "full" : "changes",
    snapshot: variables[generatingSnapshotVariable] ? "write" : "read",
    keepStates: readCount(keepStatesVariable, variables[keepStatesVariable], 7),
  };
}

/** @throws ConfigurationError `LOAD_VARIABLE_INVALID` */
function readCount(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === "") return otherwise;
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new ConfigurationError({
    code: "LOAD_VARIABLE_INVALID",
    message: `${name} is not a number: ${text}.`,
    hint: `Set it to a whole number from 0 to 9999, or leave it out for ${otherwise}.`,
  });
}
