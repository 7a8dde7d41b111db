import type { Loaded } from "@dagster-sigma/code-location";
import type { TextOptions } from "./graph-text.ts";
import { printable } from "./printable.ts";

/** What Dagster reads in one message, by default. */
const hostLimitBytes = 100_000_000;

/** One line for a load: what Dagster sees now; the error where there is one. */
export function formatLoaded(
  { assets, error, isNews, leftOut, sizeBytes, wallMs }: Loaded,
  { colors }: TextOptions,
): string {
  const seconds = `${(wallMs / 1_000).toFixed(1)} s`;
  if (error !== null)
    return `${colors.red("Not loaded")} (${seconds}): ${error.split("\n").map(printable).join("\n")}\n`;
  const news = isNews ? "" : ", nothing new";
  const notes = [...leftOut].map(
    ([what, count]) => `Left out of ${count} assets for this Dagster: ${what}\n`,
  );
  if (sizeBytes !== null && sizeBytes > hostLimitBytes)
    notes.push(
      `They are ${Math.round(sizeBytes / 1e6)} MB; Dagster reads up to 100 MB unless DAGSTER_GRPC_MAX_RX_BYTES on its side allows more.\n`,
    );
  return [`${assets} assets loaded in ${seconds}${news}\n`, ...notes].join("");
}

/** The entry of `workspace.yaml` under which Dagster finds the location. */
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

/** What to run to have a real Dagster beside it; in a definitions file's folder where there is one. */
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
