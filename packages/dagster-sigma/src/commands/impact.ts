import type { Definitions } from "@dagster-sigma/asset-graph";
import { impactCsv, impactMarkdown, indexDefinitions } from "@dagster-sigma/asset-graph/impact";
import { Command, Option } from "commander";
import { loadDefinitions } from "../definitions/load-definitions.ts";
import { exitCodes } from "../exit-codes.ts";
import { findTarget } from "../impact/find-target.ts";
import { impactJson } from "../impact/impact-json.ts";
import { impactOfTargets, isReadByPeople } from "../impact/impact-of-targets.ts";
import { formatImpact } from "../impact/impact-text.ts";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, addRefreshOption, type LoadOptions } from "../options/load-options.ts";
import { csvLines } from "../terminal/csv-lines.ts";
import type { Terminal } from "../terminal/terminal.ts";

const formats = ["text", "markdown", "csv", "json"] as const;
const failures = ["workbooks", "anything"] as const;

interface ImpactOptions extends LoadOptions, GlobalOptions {
  readonly snapshot?: string;
  readonly by: "owner" | "folder" | "nothing";
  readonly output: (typeof formats)[number];
  readonly failOn?: (typeof failures)[number];
}

/** `dagster-sigma impact TABLE[.COLUMN] …`: prints what a change of tables, columns or documents breaks. */
export function impactCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  return addRefreshOption(addLoadOptions(new Command("impact")))
    .description("Print what a change of tables, columns or documents breaks, by owner.")
    .argument(
      "<changed...>",
      "an asset by key (db/schema/table), table name (DB.SCHEMA.TABLE), unique name or address in Sigma; or one of its columns: TABLE.COLUMN",
    )
    .option("--snapshot <file>", "load from this snapshot file instead of Sigma")
    .addOption(
      new Option("--by <group>", "group the affected assets")
        .choices(["owner", "folder", "nothing"] as const)
        .default("owner"),
    )
    .addOption(new Option("-o, --output <format>", "format of the output").choices(formats).default("text"))
    .addOption(
      new Option(
        "--fail-on <what>",
        "exit with code 3 if workbooks (whatever people read), or anything, is affected",
      ).choices(failures),
    )
    .action(async (changed: readonly string[], _options: ImpactOptions, command: Command) => {
      const options = command.optsWithGlobals<ImpactOptions>();
      // Elements are those of workbooks' columns.
      const definitions = await loadDefinitions(terminal, {
        ...options,
        ...(options.file === undefined ? { workbookColumns: true } : {}),
      });
      exitWith(printImpact(terminal, definitions, changed, options));
    });
}

/** @returns the exit code */
function printImpact(
  terminal: Terminal,
  definitions: Definitions,
  changed: readonly string[],
  options: ImpactOptions,
): number {
  const index = indexDefinitions(definitions.assetGraph);
  const targets = changed.map((wanted) => findTarget(definitions.assetGraph, index, wanted));
  const impact = impactOfTargets(index, targets);
  const format = options.json === true ? "json" : options.output;
  const title = `What breaks if ${targets.map(({ what }) => what).join(", ")} changes`;
  const text = {
    json: () => formatJson(impactJson(index, targets, impact)),
    markdown: () => impactMarkdown(index.graph, impact, title),
    csv: () => csvLines(impactCsv(index.graph, impact)),
    text: () => formatImpact(index, targets, impact, { by: options.by, terminal }),
  }[format];
  terminal.out(text());
  const isBroken =
    options.failOn === "anything"
      ? impact.assets.length > 0
      : options.failOn === "workbooks" && impact.assets.some((impacted) => isReadByPeople(index, impacted));
  return isBroken ? exitCodes.found : exitCodes.fine;
}
