import { saveSigmaSnapshot } from "@dagster-sigma/sigma-assets";
import { Command } from "commander";
import { CommandError } from "../errors.ts";
import { loadDefinitionsFile } from "../sources/definitions-file.ts";
import { environmentOrganization } from "../sources/environment-organization.ts";
import { ProgressLine } from "../terminal/progress-line.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { addLoadOptions, fetchOptionsOf, type LoadOptions, refuseWithFile } from "./load-options.ts";

interface SnapshotOptions extends LoadOptions {
  readonly output?: string;
}

/** `dagster-sigma snapshot`: keeps the state of an organization in a file, to load from without the network. */
export function snapshotCommand(terminal: Terminal): Command {
  return addLoadOptions(new Command("snapshot"))
    .description("Save what an organization holds to a file, from which assets load without the network.")
    .option(
      "-o, --output <file>",
      "the file to write; with -f, every snapshotPath that the definitions name is written instead",
    )
    .action(async (_options: SnapshotOptions, command: Command) => {
      const options = command.optsWithGlobals<SnapshotOptions>();
      if (options.file !== undefined) return await snapshotDefinitions(terminal, options, options.file);
      await snapshotEnvironment(terminal, options);
    });
}

async function snapshotEnvironment(terminal: Terminal, options: SnapshotOptions): Promise<void> {
  if (options.output === undefined) {
    throw new CommandError(
      "WRONG_USE",
      "The file to write is missing.",
      "Name it: dagster-sigma snapshot -o sigma.ndjson",
    );
  }
  const progress = new ProgressLine(terminal);
  const organization = environmentOrganization(terminal, options);
  const state = await saveSigmaSnapshot(
    organization,
    options.output,
    fetchOptionsOf(options, progress),
  ).finally(() => progress.clear());
  const { workbooks, dataModels, datasets } = state;
  terminal.err(
    `Wrote ${options.output}: ${workbooks.length} workbooks, ${dataModels.length} data models, ${datasets.length} datasets.\n`,
  );
}

/** As dagster-sigma in Python does: the variable makes each load fetch anew and write its own `snapshotPath`. */
async function snapshotDefinitions(
  terminal: Terminal,
  options: SnapshotOptions,
  file: string,
): Promise<void> {
  refuseWithFile(options);
  if (options.output !== undefined) {
    throw new CommandError(
      "WRONG_USE",
      "-o cannot be used together with -f.",
      "The files are those that snapshotPath names in the definitions.",
    );
  }
  process.env["DAGSTER_SIGMA_IS_GENERATING_SNAPSHOT"] = "1";
  const { loadReports } = await loadDefinitionsFile(file);
  const written = loadReports.filter(({ snapshotFile }) => snapshotFile !== null);
  if (written.length === 0) {
    throw new CommandError(
      "WRONG_USE",
      `No load in ${file} names a snapshotPath.`,
      'Add it: loadSigmaAssetSpecs(sigma, { snapshotPath: "sigma.ndjson" })',
    );
  }
  for (const { snapshotFile } of written) terminal.err(`Wrote ${snapshotFile}.\n`);
}
