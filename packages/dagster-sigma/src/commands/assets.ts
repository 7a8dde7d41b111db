import { buildAssetsJson } from "@dagster-sigma/asset-graph";
import { Command, Option } from "commander";
import { selector } from "../choose/selector.ts";
import { loadDefinitions } from "../definitions/load-definitions.ts";
import { CommandError } from "../errors.ts";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, addRefreshOption, type LoadOptions } from "../options/load-options.ts";
import { formatList, listedNodes } from "../terminal/asset-list.ts";
import { page } from "../terminal/pager.ts";
import { formatReport } from "../terminal/report-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface AssetsOptions extends LoadOptions, GlobalOptions {
  readonly snapshot?: string;
  readonly stubs?: boolean;
  readonly select?: string;
  readonly output: (typeof formats)[number];
  readonly pager: boolean;
}

const formats = ["text", "name", "wide", "csv", "json"] as const;

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
    .addOption(
      new Option(
        "-o, --output <format>",
        "text: the graph; name: a key per line; wide: a table; csv: for a spreadsheet; json: as --json",
      )
        .choices(formats)
        .default("text"),
    )
    .option("--no-pager", "print long output without a pager (PAGER; default: less)")
    .action(async (_options: AssetsOptions, command: Command) => {
      const options = command.optsWithGlobals<AssetsOptions>();
      const format = options.json === true ? "json" : options.output;
      if (options.stubs === true && format === "text")
        throw new CommandError(
          "WRONG_USE",
          "--stubs has no effect on the text.",
          "The text always shows upstream tables. Use it with --json or -o name, wide or csv.",
        );
      const select = options.select === undefined ? null : selector(options.select);
      const definitions = await loadDefinitions(terminal, options);
      const selected = select?.(definitions, terminal) ?? null;
      if (format === "json")
        terminal.out(formatJson(buildAssetsJson(definitions, { stubs: options.stubs === true, selected })));
      else if (format === "text")
        await page(terminal, formatReport(definitions, terminal, selected), options.pager);
      else {
        const nodes = listedNodes(definitions, selected, options.stubs === true);
        await page(terminal, formatList(nodes, format, terminal), options.pager && format !== "csv");
      }
    });
}
