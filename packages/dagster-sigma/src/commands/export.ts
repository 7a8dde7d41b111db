import { writeFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { errorText } from "@dagster-sigma/foundation";
import { Command } from "commander";
import { loadDefinitions } from "../definitions/load-definitions.ts";
import { CommandError } from "../errors.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, addRefreshOption, type LoadOptions } from "../options/load-options.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { version } from "../version.ts";

interface ExportOptions extends LoadOptions, GlobalOptions {
  readonly output?: string;
  readonly dagsterVersion: string;
}

/** `dagster-sigma export dagster-python`: writes definitions for the Python module `dagster_typescript`. */
export function exportCommand(terminal: Terminal): Command {
  const dagsterPython = addRefreshOption(addLoadOptions(new Command("dagster-python")))
    .description("Write the definitions as JSON for the Python module dagster_typescript.")
    .option("-o, --output <file>", "file to write (default: stdout)")
    .option("--dagster-version <version>", "version of the Dagster that loads it", "1.13")
    .action(async (_options: ExportOptions, command: Command) => {
      const options = command.optsWithGlobals<ExportOptions>();
      // gRPC is loaded only where it is needed.
      const { hostFeatures, pythonDefinitionsJson, reportedChecks } = await import(
        "@dagster-sigma/code-location"
      );
      const features = hostFeatures(options.dagsterVersion);
      const definitions = await loadDefinitions(terminal, options);
      const folder = options.output === undefined ? process.cwd() : dirname(resolve(options.output));
      const json = pythonDefinitionsJson(definitions, {
        file: options.file === undefined ? null : relativePath(folder, options.file),
        features,
        generator: `dagster-sigma ${version}`,
      });
      if (options.output === undefined) terminal.out(`${json}\n`);
      else write(options.output, `${json}\n`);
      const executable = definitions.assets.filter(({ execution }) => execution !== null).length;
      const omitted = reportedChecks(definitions).length;
      terminal.err(`${definitions.assets.length} assets, ${executable} of them executable.\n`);
      if (omitted > 0)
        terminal.err(`Left out: ${omitted} checks whose results sensors report; \`serve\` has them.\n`);
      if (definitions.sensors.length > 0)
        terminal.err(`Left out: ${definitions.sensors.length} sensors; \`serve\` has them.\n`);
    });
  return new Command("export")
    .description("Write the definitions in another format.")
    .addCommand(dagsterPython);
}

function relativePath(folder: string, file: string): string {
  return relative(folder, resolve(file)).split(sep).join("/");
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (thrown) {
    throw new CommandError(
      "FILE_NOT_WRITTEN",
      `${file} cannot be written (${errorText(thrown)}).`,
      undefined,
      thrown,
    );
  }
}
