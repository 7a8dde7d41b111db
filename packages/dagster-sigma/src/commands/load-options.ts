import { dirname, join, resolve } from "node:path";
import { Definitions } from "@dagster-sigma/asset-graph";
import {
  dbtManifest,
  type FetchSigmaOptions,
  type KeyStrategy,
  loadSigmaAssetSpecs,
  refreshVariable,
  stateDirVariable,
} from "@dagster-sigma/sigma-assets";
import { type Command, InvalidArgumentError, Option } from "commander";
import { CommandError } from "../errors.ts";
import { loadDefinitionsFile } from "../sources/definitions-file.ts";
import { environmentOrganization } from "../sources/environment-organization.ts";
import { ProgressLine } from "../terminal/progress-line.ts";
import { formatStateAges } from "../terminal/state-age.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { GlobalOptions } from "./global-options.ts";

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

/** The options of a fetch that the command line stands for. */
export function fetchOptionsOf(options: LoadOptions, progress: ProgressLine): FetchSigmaOptions {
  return {
    sigmaFilter: {
      workbookFolders: (options.folder ?? []).map(pathOf),
      workbooks: (options.workbook ?? []).map(pathOf),
      includeUnusedDatasets: options.excludeUnusedDatasets !== true,
    },
    fetchColumnData: options.columns,
    fetchLineageData: options.lineage,
    fetchBadges: options.badges === true,
    materializationSchedules: options.schedules === true,
    ...(options.timeBudget === undefined ? {} : { timeBudgetMs: options.timeBudget * 1_000 }),
    visibility: options.wholeOrganization === true ? "organization" : "credential",
    upstream: options.dbtManifest === undefined ? [] : [dbtManifest(options.dbtManifest)],
    onProgress: (state) => progress.update(state),
  };
}

function stopped(): CommandError {
  return new CommandError(
    "STOPPED",
    "Stopped.",
    "What was fetched is kept: the same command, or dagster-sigma refresh, goes on where it was.",
  );
}

function pathOf(text: string): readonly string[] {
  return text.split("/").filter((name) => name !== "");
}

/** Loads the definitions that the options name: those of a file, or of the organization in the environment. */
export async function loadDefinitions(
  terminal: Terminal,
  options: LoadOptions & GlobalOptions & { readonly snapshot?: string },
): Promise<Definitions> {
  refuseWithFile(options);
  const folder = options.file === undefined ? process.cwd() : dirname(resolve(options.file));
  process.env[stateDirVariable] ||= join(folder, ".dagster-sigma", "state");
  if (options.refresh === true) process.env[refreshVariable] ||= "1";
  const definitions = await loadFrom(terminal, options);
  // What this very process fetched is news to nobody.
  const kept = definitions.loadReports.filter(
    ({ fetchedAt }) => Date.parse(fetchedAt) < performance.timeOrigin,
  );
  terminal.err(formatStateAges(kept, Date.now()));
  for (const note of definitions.loadReports.flatMap(({ notes }) => notes)) terminal.err(`${note}\n`);
  return definitions;
}

async function loadFrom(
  terminal: Terminal,
  options: LoadOptions & GlobalOptions & { readonly snapshot?: string },
): Promise<Definitions> {
  if (options.file !== undefined) return await loadDefinitionsFile(options.file);
  const organization = environmentOrganization(terminal, options);
  const progress = new ProgressLine(terminal, options);
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort(stopped());
  process.once("SIGINT", onInterrupt);
  try {
    const assets = await loadSigmaAssetSpecs(organization, {
      ...fetchOptionsOf(options, progress),
      signal: stop.signal,
      keyStrategy: options.keys ?? "name",
      workbookColumns: options.workbookColumns === true,
      ...(options.snapshot === undefined ? {} : { snapshotPath: options.snapshot }),
    });
    return new Definitions({ assets, resources: { sigma: organization } });
  } finally {
    process.off("SIGINT", onInterrupt);
    progress.clear();
  }
}
