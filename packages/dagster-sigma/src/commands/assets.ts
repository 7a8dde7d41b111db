import { buildAssetsJson } from "@dagster-sigma/asset-graph";
import { Command } from "commander";
import { formatReport } from "../terminal/report-text.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { GlobalOptions } from "./global-options.ts";
import { addLoadOptions, addRefreshOption, type LoadOptions, loadDefinitions } from "./load-options.ts";

interface AssetsOptions extends LoadOptions, GlobalOptions {
  readonly snapshot?: string;
  readonly stubs?: boolean;
}

/** `dagster-sigma assets`: the assets of an organization or a definitions file, and what feeds what. */
export function assetsCommand(terminal: Terminal): Command {
  return addRefreshOption(addLoadOptions(new Command("assets")))
    .description("Print the assets and what feeds what.")
    .option("--snapshot <file>", "load from this snapshot instead of from Sigma")
    .option("--stubs", "with --json: also the stand-ins for upstream tables")
    .action(async (_options: AssetsOptions, command: Command) => {
      const options = command.optsWithGlobals<AssetsOptions>();
      const definitions = await loadDefinitions(terminal, options);
      terminal.out(
        options.json === true
          ? `${JSON.stringify(buildAssetsJson(definitions, { stubs: options.stubs === true }))}\n`
          : formatReport(definitions, terminal),
      );
    });
}
