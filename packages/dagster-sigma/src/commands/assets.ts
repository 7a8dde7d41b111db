import {
  buildAssetsJson,
  type Definitions,
  evaluateSelection,
  selectableGraph,
  suggestCase,
} from "@dagster-sigma/asset-graph";
import { Command } from "commander";
import { loadDefinitions } from "../definitions/load-definitions.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, addRefreshOption, type LoadOptions } from "../options/load-options.ts";
import { readSelection } from "../read-selection.ts";
import { printable } from "../terminal/printable.ts";
import { formatReport } from "../terminal/report-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface AssetsOptions extends LoadOptions, GlobalOptions {
  readonly snapshot?: string;
  readonly stubs?: boolean;
  readonly select?: string;
}

/** `dagster-sigma assets`: the assets of an organization or a definitions file, and what feeds what. */
export function assetsCommand(terminal: Terminal): Command {
  return addRefreshOption(addLoadOptions(new Command("assets")))
    .description("Print the assets and what feeds what.")
    .option("--snapshot <file>", "load from this snapshot instead of from Sigma")
    .option("--stubs", "with --json: also the stand-ins for upstream tables")
    .option("--select <selection>", "only the assets that this selects, in Dagster's selection syntax")
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

/** Reads a selection before anything is loaded: a mistake in it is told at once. */
function selector(text: string): (definitions: Definitions, terminal: Terminal) => ReadonlySet<string> {
  const expression = readSelection(text);
  return ({ assetGraph }, terminal) => {
    const graph = selectableGraph(assetGraph);
    const selected = evaluateSelection(expression, graph);
    if (selected.size === 0) {
      const suggestion = suggestCase(text, graph);
      const hint = suggestion === null ? "" : ` Did you mean: ${printable(suggestion)}`;
      terminal.err(`Nothing is selected.${hint}\n`);
    }
    return selected;
  };
}
