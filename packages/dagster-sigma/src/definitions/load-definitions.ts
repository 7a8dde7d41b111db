import type { Definitions } from "@dagster-sigma/asset-graph";
import { type LoadVariables, withLoadEnvironment } from "@dagster-sigma/sigma-assets";
import { commandVariables } from "../environment/command-environment.ts";
import { CommandError } from "../errors.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { type LoadOptions, refuseWithFile } from "../options/load-options.ts";
import { ProgressLine } from "../terminal/progress-line.ts";
import { formatStateAges } from "../terminal/state-age.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { environmentOrganization } from "./environment-organization.ts";
import { loadOrganizationDefinitions, organizationOptionsOf } from "./organization-options.ts";

type CommandLoadOptions = LoadOptions & GlobalOptions & { readonly snapshot?: string };

/**
 * Loads the definitions selected by the options of a command: those of a file, or of the organization in the
 * environment.
 *
 * @param refresh whether to fetch first; default: determined by options and environment variables
 */
export async function loadDefinitions(
  terminal: Terminal,
  options: CommandLoadOptions,
  refresh?: LoadVariables["refresh"],
): Promise<Definitions> {
  refuseWithFile(options);
  const variables = commandVariables(options.file);
  const asked = options.refresh === true && variables.refresh === "no" ? "changes" : variables.refresh;
  const progress = new ProgressLine(terminal, options);
  const environment = {
    ...variables,
    refresh: refresh ?? asked,
    onProgress: progress.update.bind(progress),
  };
  try {
    const definitions = await withLoadEnvironment(environment, () => loadFrom(terminal, options));
    progress.clear();
    // As JSON they are part of the summary.
    if (options.json !== true) printNotes(terminal, definitions);
    return definitions;
  } finally {
    progress.clear();
  }
}

async function loadFrom(terminal: Terminal, options: CommandLoadOptions): Promise<Definitions> {
  if (options.file !== undefined) {
    const { loadDefinitionsFile } = await import("./definitions-file.ts");
    return await loadDefinitionsFile(options.file, (note) => terminal.err(`${note}\n`));
  }
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort(stopped());
  process.once("SIGINT", onInterrupt);
  try {
    const organization = environmentOrganization(terminal, options);
    return await loadOrganizationDefinitions(organization, organizationOptionsOf(options), {
      signal: stop.signal,
    });
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

function printNotes(terminal: Terminal, { loadReports }: Definitions): void {
  terminal.err(formatStateAges(loadReports, Date.now(), performance.timeOrigin));
  for (const note of loadReports.flatMap(({ notes }) => notes)) terminal.err(`${note}\n`);
}

function stopped(): CommandError {
  return new CommandError(
    "STOPPED",
    "Stopped.",
    "Fetched data is saved: run the same command or dagster-sigma refresh to continue.",
  );
}
