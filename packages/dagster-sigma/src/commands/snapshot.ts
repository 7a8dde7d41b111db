import type { OrganizationState } from "@dagster-sigma/sigma-assets";
import {
  generatingSnapshotVariable,
  saveSigmaSnapshot,
  withLoadEnvironment,
} from "@dagster-sigma/sigma-assets";
import { Command } from "commander";
import { environmentOrganization } from "../definitions/environment-organization.ts";
import { fetchOptionsOf, organizationOptionsOf } from "../definitions/organization-options.ts";
import { isComponentFile } from "../environment/command-environment.ts";
import { CommandError } from "../errors.ts";
import { formatJson } from "../json/json-output.ts";
import { documentOption } from "../options/document-option.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, type LoadOptions, refuseWithFile } from "../options/load-options.ts";
import { ProgressLine } from "../terminal/progress-line.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface SnapshotOptions extends LoadOptions, GlobalOptions {
  readonly output?: string;
  readonly outputPath?: string;
  readonly document?: number;
}

/**
 * `dagster-sigma snapshot`: saves the state of an organization to a file, from which assets load without the network.
 */
export function snapshotCommand(terminal: Terminal): Command {
  return addLoadOptions(new Command("snapshot"))
    .description("Save an organization's state to a file, from which assets load without the network.")
    .option(
      "-o, --output <file>",
      "file to write; with -f only for a component file, because definitions have a snapshotPath",
    )
    .option("--output-path <file>", "the same as --output, as in Python")
    .addOption(documentOption())
    .action(async (_options: SnapshotOptions, command: Command) => {
      const options = command.optsWithGlobals<SnapshotOptions>();
      const written =
        options.file === undefined
          ? [await snapshotEnvironment(terminal, options)]
          : await snapshotDefinitions(options, options.file);
      terminal.out(
        options.json === true
          ? formatJson({ files: written })
          : written.map((file) => `Wrote ${file}\n`).join(""),
      );
    });
}

async function snapshotEnvironment(terminal: Terminal, options: SnapshotOptions): Promise<string> {
  const output = outputOf(options);
  const progress = new ProgressLine(terminal, options);
  try {
    const organization = environmentOrganization(terminal, options);
    const state = await saveSigmaSnapshot(organization, output, {
      ...fetchOptionsOf(organizationOptionsOf(options)),
      onProgress: (state) => progress.update(state),
    });
    progress.clear();
    terminal.err(options.json === true ? "" : `${summaryOf(state)}\n`);
    return output;
  } finally {
    progress.clear();
  }
}

/** A component has no file of its own for a snapshot. */
async function snapshotComponent(options: SnapshotOptions, file: string): Promise<string> {
  const { writeComponentState } = await import("../component/defs/one-component.ts");
  const output = outputOf(options);
  await writeComponentState({ file, document: options.document }, output);
  return output;
}

/** @throws CommandError `WRONG_USE` */
function outputOf({ output, outputPath }: SnapshotOptions): string {
  const file = output ?? outputPath;
  if (file !== undefined) return file;
  const hint = "Name it with -o: dagster-sigma snapshot -o sigma.ndjson";
  throw new CommandError("WRONG_USE", "No output file was given.", hint);
}

function summaryOf({ workbooks, dataModels, datasets }: OrganizationState): string {
  return `${workbooks.length} workbooks, ${dataModels.length} data models, ${datasets.length} datasets`;
}

/**
 * Like dagster-sigma for Python: each load fetches and writes its own `snapshotPath`, and the definitions file can
 * detect this by the variable.
 */
async function snapshotDefinitions(options: SnapshotOptions, file: string): Promise<readonly string[]> {
  refuseWithFile(options);
  if (isComponentFile(file)) return [await snapshotComponent(options, file)];
  if ((options.output ?? options.outputPath) !== undefined) {
    const hint = "The files to write are set by snapshotPath in the definitions.";
    throw new CommandError("WRONG_USE", "-o cannot be used together with -f.", hint);
  }
  const { loadDefinitionsFile } = await import("../definitions/definitions-file.ts");
  process.env[generatingSnapshotVariable] = "1";
  const { loadReports } = await withLoadEnvironment({ snapshot: "write" }, () =>
    loadDefinitionsFile(file),
  ).finally(() => {
    delete process.env[generatingSnapshotVariable];
  });
  const written = loadReports.flatMap(({ snapshotFile }) => snapshotFile ?? []);
  if (written.length > 0) return written;
  const hint = 'Add it: loadSigmaAssetSpecs(sigma, { snapshotPath: "sigma.ndjson" })';
  throw new CommandError("WRONG_USE", `No load in ${file} has a snapshotPath.`, hint);
}
