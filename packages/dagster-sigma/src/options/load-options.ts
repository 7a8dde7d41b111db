import type { KeyStrategy } from "@dagster-sigma/sigma-assets";
import { type Command, Option } from "commander";
import { CommandError } from "../errors.ts";
import { durationOption } from "./duration-option.ts";

/** Options that select the organization, and the part of it to load. */
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
  readonly spec?: boolean;
  /** In ms. */
  readonly timeBudget?: number;
}

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

/** Adds the options to a command. */
export function addLoadOptions(command: Command): Command {
  return command
    .optionsGroup("What to load:")
    .option(
      "-f, --file <path>",
      "definitions file in TypeScript or JavaScript, component file (defs.yaml), or folder of definitions (default: load the organization set by SIGMA_BASE_URL, SIGMA_CLIENT_ID and SIGMA_CLIENT_SECRET, also from .env)",
    )
    .option("--folder <A/B>", "load only workbooks in this folder, at any depth (repeatable)", collect)
    .option(
      "--workbook <A/B/Name>",
      "load only this workbook, in addition to those in --folder (repeatable)",
      collect,
    )
    .option("--exclude-unused-datasets", "omit datasets and data models that no loaded workbook reads")
    .option("--no-columns", "do not fetch columns")
    .option("--no-lineage", "do not fetch lineage")
    .option(
      "--fail-on-lineage-error",
      "fail if the lineage of a document cannot be fetched (default: report a diagnostic)",
    )
    .option(
      "--whole-organization",
      "include documents not shared with the credentials' owner (requires an admin's credentials)",
    )
    .option("--dbt-manifest <file>", "use the table keys of dagster-dbt, from target/manifest.json")
    .addOption(
      new Option("--keys <strategy>", "how asset keys are derived (default: name)").choices([
        "name",
        "path",
        "id",
      ] as const),
    )
    .option("--badges", "fetch badges of documents: endorsed, warning, deprecated")
    .option("--schedules", "fetch materialization schedules of documents, with one extra call per document")
    .option(
      "--spec",
      "fetch the code representation (beta) of documents with incomplete lineage, one call for each",
    )
    .addOption(
      new Option(
        "--time-budget <time>",
        "end a fetch after this time, for example 90s or 15m; fetched data is saved (default: no limit)",
      ).argParser(durationOption),
    )
    .option("--workbook-columns", "include columns of workbooks, with their lineage")
    .optionsGroup("Options:");
}

/** For commands that start from the saved state. */
export function addRefreshOption(command: Command): Command {
  return command.option("--refresh", "fetch changes first instead of starting from the saved state");
}

/** Options that a definitions file sets itself, so that they cannot be combined with it. */
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
  ["spec", "--spec"],
  ["timeBudget", "--time-budget"],
  ["dbtManifest", "--dbt-manifest"],
  ["workbookColumns", "--workbook-columns"],
] as const;

/** @throws CommandError `WRONG_USE` if an option is given that the definitions file sets itself */
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
    "end and retry a load without activity (a finished request, progress, output) for this time, for example 90s (default: DAGSTER_SIGMA_LOAD_TIMEOUT, else 10m)",
  );
}
