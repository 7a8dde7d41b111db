import { dirname, relative, resolve, sep } from "node:path";
import type { Definitions } from "@dagster-sigma/asset-graph";
import { fileVersion, sourceFiles, stateFilesOf } from "@dagster-sigma/definitions-host";
import { Command } from "commander";
import { loadDefinitions } from "../definitions/load-definitions.ts";
import { isComponentFile } from "../environment/command-environment.ts";
import { CommandError } from "../errors.ts";
import { graphExportCommands } from "../export/graph-export-commands.ts";
import { writeText } from "../export/write-text.ts";
import { documentOption } from "../options/document-option.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, addRefreshOption, type LoadOptions } from "../options/load-options.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { version } from "../version.ts";

interface ExportOptions extends LoadOptions, GlobalOptions {
  readonly output?: string;
  readonly dagsterVersion: string;
  readonly withSources?: boolean;
  readonly state?: string;
  readonly document?: number;
}

/** `dagster-sigma export dagster-python`: writes definitions for the Python module `dagster_typescript`. */
export function exportCommand(terminal: Terminal): Command {
  const dagsterPython = addRefreshOption(addLoadOptions(new Command("dagster-python")))
    .description("Write the definitions as JSON for the Python module dagster_typescript.")
    .option("-o, --output <file>", "file to write (default: stdout)")
    .option("--dagster-version <version>", "version of the Dagster that loads it", "1.13")
    .option("--state <file>", "load a component file from this state, which `snapshot -f` wrote")
    .addOption(documentOption())
    .option("--with-sources", "include versions of the source files of the definitions")
    .action(async (_options: ExportOptions, command: Command) => {
      const options = command.optsWithGlobals<ExportOptions>();
      // Imported on demand, because other commands do not need it.
      const { hostFeatures, pythonDefinitionsJson, unreportedChecks } = await import(
        "@dagster-sigma/code-location/python"
      );
      const features = hostFeatures(options.dagsterVersion);
      const definitions =
        options.state === undefined
          ? await loadDefinitions(terminal, options)
          : await loadFromState(options, options.state);
      const folder = options.output === undefined ? process.cwd() : dirname(resolve(options.output));
      const json = pythonDefinitionsJson(definitions, {
        file: options.file === undefined ? null : relativePath(folder, options.file),
        features,
        ...(options.withSources === true ? { sources: sourceVersions(definitions, options.file) } : {}),
        generator: `dagster-sigma ${version}`,
      });
      if (options.output === undefined) terminal.out(`${json}\n`);
      else writeText(options.output, `${json}\n`);
      const executable = definitions.assets.filter(({ execution }) => execution !== null).length;
      const omitted = unreportedChecks(definitions).length;
      terminal.err(`${definitions.assets.length} assets, ${executable} of them executable.\n`);
      if (omitted > 0)
        terminal.err(`Omitted: ${omitted} checks whose results neither an asset nor a sensor reports.\n`);
    });
  const command = new Command("export")
    .description("Write the definitions in another format.")
    .addCommand(dagsterPython);
  for (const graphCommand of graphExportCommands(terminal)) command.addCommand(graphCommand);
  return command;
}

async function loadFromState({ file, document }: ExportOptions, state: string): Promise<Definitions> {
  if (file === undefined || !isComponentFile(file))
    throw new CommandError("WRONG_USE", "--state needs a component file.", "Name it with -f: -f defs.yaml");
  const { loadComponentFromState } = await import("../component/defs/one-component.ts");
  return await loadComponentFromState({ file, document }, state);
}

/** The saved states, and the files that `serve` watches. */
function sourceVersions(
  definitions: Definitions,
  file: string | undefined,
): Readonly<Record<string, string>> {
  const files = file === undefined ? [] : sourceFiles(resolve(file));
  const versions = [...files.flatMap((each) => fileVersion(each) ?? []), ...stateFilesOf(definitions)];
  return Object.fromEntries(versions.map((each) => [resolve(each.file), each.version]));
}

function relativePath(folder: string, file: string): string {
  return relative(folder, resolve(file)).split(sep).join("/");
}
