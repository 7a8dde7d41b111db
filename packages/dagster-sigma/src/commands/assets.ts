import { buildAssetsJson } from "@dagster-sigma/asset-graph";
import { Command } from "commander";
import { loadDefinitions } from "../definitions/load-definitions.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, addRefreshOption, type LoadOptions } from "../options/load-options.ts";
import { selector } from "../selector.ts";
import { formatReport } from "../terminal/report-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface AssetsOptions extends LoadOptions, GlobalOptions {
  readonly snapshot?: string;
  readonly stubs?: boolean;
  readonly select?: string;
}

/** `dagster-sigma assets`: prints the assets of an organization or a definitions file with their dependencies. */
export function assetsCommand(terminal: Terminal): Command {
  return addRefreshOption(addLoadOptions(new Command("assets")))
    .description("Print the assets and their dependencies.")
    .option("--snapshot <file>", "load from this snapshot file instead of Sigma")
    .option("--stubs", "with --json: include stubs for upstream tables")
    .option(
      "--select <selection>",
      "print only selected assets, in Dagster's selection syntax (default: all)",
    )
    .action(async (_options: AssetsOptions, command: Command) => {
      const options = command.optsWithGlobals<AssetsOptions>();
      const select = options.select === undefined ? null : selector(options.select);
      const definitions = await loadDefinitions(terminal, options);
      const selected = select?.(definitions, terminal) ?? null;
      terminal.out(
        options.json === true
          ? `${JSON.stringify(buildAssetsJson(definitions, { stubs: options.stubs === true, selected }))}\n`
          : formatReport(definitions, terminal, selected),
      );
    });
}
