import type { KeyStrategy } from "@dagster-sigma/sigma-assets";
import { type Command, InvalidArgumentError, Option } from "commander";
import { CommandError } from "../errors.ts";

/** Options that say which organization to load, and what of it. */
export interface LoadOptions {
  readonly file?: string;
  readonly folder?: readonly string[];
  readonly workbook?: readonly string[];
  readonly excludeUnusedDatasets?: boolean;
  readonly columns: boolean;
  readonly lineage: boolean;
  readonly failOnLineageError?: boolean;
  readonly wholeOrganization?: boolean;
  readonly keys?: KeyStrategy;
  readonly dbtManifest?: string;
  readonly workbookColumns?: boolean;
  readonly refresh?: boolean;
  readonly badges?: boolean;
  readonly schedules?: boolean;
  readonly timeBudget?: number;
}

/** @throws InvalidArgumentError when it is no number above 0 */
function seconds(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError("It is a number of seconds above 0.");
  return number;
}

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

/** Adds the options to a command. */
export function addLoadOptions(command: Command): Command {
  return command
    .option(
      "-f, --file <path>",
      "a definitions file in TypeScript or JavaScript; without it, the organization that SIGMA_BASE_URL, SIGMA_CLIENT_ID and SIGMA_CLIENT_SECRET name (also from .env)",
    )
    .option("--folder <A/B>", "only workbooks in this folder, at any depth (repeatable)", collect)
    .option("--workbook <A/B/Name>", "only this workbook, besides those in --folder (repeatable)", collect)
    .option("--exclude-unused-datasets", "leave out datasets and data models that no loaded workbook reads")
    .option("--no-columns", "do not fetch columns")
    .option("--no-lineage", "do not fetch what documents read")
    .option("--fail-on-lineage-error", "fail when the lineage of a document cannot be fetched")
    .option("--whole-organization", "also what the credentials do not see (for credentials of an admin)")
    .option(
      "--dbt-manifest <file>",
      "give tables the keys that dagster-dbt gives them, from target/manifest.json",
    )
    .addOption(
      new Option("--keys <strategy>", "what keys are made of").choices(["name", "path", "id"] as const),
    )
    .option("--badges", "fetch the badges of documents: endorsed, warning, deprecated")
    .option("--schedules", "fetch the materialization schedules of documents, a call more for each")
    .addOption(
      new Option("--time-budget <seconds>", "give up after so long; what was fetched is kept").argParser(
        seconds,
      ),
    )
    .option("--workbook-columns", "columns of workbooks too, with their lineage");
}

/** For commands that start from the kept state. */
export function addRefreshOption(command: Command): Command {
  return command.option("--refresh", "fetch what changed first, instead of starting from the kept state");
}

/** Options that a definitions file decides itself, so that both together make no sense. */
const organizationOptions = [
  ["folder", "--folder"],
  ["workbook", "--workbook"],
  ["excludeUnusedDatasets", "--exclude-unused-datasets"],
  ["failOnLineageError", "--fail-on-lineage-error"],
  ["snapshot", "--snapshot"],
  ["wholeOrganization", "--whole-organization"],
  ["keys", "--keys"],
  ["badges", "--badges"],
  ["schedules", "--schedules"],
  ["timeBudget", "--time-budget"],
  ["dbtManifest", "--dbt-manifest"],
  ["workbookColumns", "--workbook-columns"],
] as const;

/** @throws CommandError `WRONG_USE` when an option is given that the definitions file decides itself */
export function refuseWithFile(options: LoadOptions & { readonly snapshot?: string }): void {
  const given = [
    ...organizationOptions.filter(([name]) => options[name] !== undefined).map(([, flag]) => flag),
    ...(options.columns ? [] : ["--no-columns"]),
    ...(options.lineage ? [] : ["--no-lineage"]),
  ];
  if (options.file === undefined || given.length === 0) return;
  throw new CommandError(
    "WRONG_USE",
    `${given.join(", ")} cannot be used together with -f.`,
    `Set it in ${options.file}, as an option of loadSigmaAssetSpecs.`,
  );
}

/** For commands that keep definitions loaded. */
export function addServedOptions(command: Command): Command {
  return command.option(
    "--load-timeout <time>",
    "end a load that shows no sign of life (a request, progress, output) for this long, for example 90s; it is tried again (default: DAGSTER_SIGMA_LOAD_TIMEOUT, else 10m)",
  );
}
