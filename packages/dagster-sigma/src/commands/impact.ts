import type { Definitions } from "@dagster-sigma/asset-graph";
import { impactCsv, impactMarkdown, indexDefinitions } from "@dagster-sigma/asset-graph/impact";
import { Command, Option } from "commander";
import { printChanges, readVersions } from "../dbt-changes/print-changes.ts";
import { loadDefinitions } from "../definitions/load-definitions.ts";
import { CommandError } from "../errors.ts";
import { findingFormats } from "../findings/format-findings.ts";
import type { ChangedFiles } from "../impact/changed-files.ts";
import { exitCodeOf, type FailOn, failOnChoices } from "../impact/exit-code-of.ts";
import { findTarget } from "../impact/find-target.ts";
import { impactJson } from "../impact/impact-json.ts";
import { impactOfTargets } from "../impact/impact-of-targets.ts";
import { formatImpact } from "../impact/impact-text.ts";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, addRefreshOption, type LoadOptions } from "../options/load-options.ts";
import { areStates, loadStates } from "../state-changes/load-states.ts";
import { printStateChanges } from "../state-changes/print-state-changes.ts";
import { csvLines } from "../terminal/csv-lines.ts";
import type { Terminal } from "../terminal/terminal.ts";

const formats = ["text", "markdown", "csv", "json", ...findingFormats] as const;
/** Formats that need the two versions of a change. */
const changeFormats: readonly string[] = findingFormats;

interface ImpactOptions extends LoadOptions, GlobalOptions {
  readonly snapshot?: string;
  readonly by: "owner" | "folder" | "nothing";
  readonly output: (typeof formats)[number];
  readonly failOn?: FailOn;
  readonly from?: string;
  readonly to?: string;
  readonly projectDir: string;
}

/**
 * `dagster-sigma impact TABLE[.COLUMN] …`: prints what a change of tables, columns or documents breaks. With `--from` and `--to`, what changed
 * between two manifests or catalogs of dbt, or between two states of Sigma.
 */
export function impactCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  return addRefreshOption(addLoadOptions(new Command("impact")))
    .description("Print what a change of tables, columns or documents breaks, by owner.")
    .argument(
      "[changed...]",
      "an asset by key (db/schema/table), table name (DB.SCHEMA.TABLE), unique name or address in Sigma; or one of its columns: TABLE.COLUMN",
    )
    .option(
      "--from <file>",
      "dbt manifest or catalog, or state of Sigma, before a change; with --to instead of names",
    )
    .option("--to <file>", "the same after the change")
    .option("--project-dir <folder>", "folder of the dbt project in the repository, for --output github", ".")
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
      ).choices(failOnChoices),
    )
    .action(async (changed: readonly string[], _options: ImpactOptions, command: Command) => {
      const options = command.optsWithGlobals<ImpactOptions>();
      const files = changedFiles(changed, options);
      if (files !== null && (await areStates(files))) {
        const states = await loadStates(files, true);
        return exitWith(printStateChanges(terminal, states, options));
      }
      // Read before the organization, which takes longer to load.
      const versions = files === null ? null : await readVersions(files);
      // Elements are those of workbooks' columns.
      const definitions = await loadDefinitions(terminal, {
        ...options,
        ...(options.file === undefined ? { workbookColumns: true } : {}),
      });
      exitWith(
        versions === null
          ? printImpact(terminal, definitions, changed, options)
          : await printChanges(terminal, definitions, versions, options),
      );
    });
}

/**
 * The files of `--from` and `--to`; null without them.
 *
 * @throws CommandError `WRONG_USE`
 */
function changedFiles(changed: readonly string[], { from, to, output }: ImpactOptions): ChangedFiles | null {
  const wrong = (message: string): never => {
    throw new CommandError("WRONG_USE", message, "impact TABLE.COLUMN, or impact --from OLD --to NEW");
  };
  if (from !== undefined && to !== undefined)
    return changed.length === 0
      ? { from, to }
      : wrong("--from and --to name what changes; nothing else may be named.");
  if (from !== undefined || to !== undefined) return wrong("--from and --to belong together.");
  if (changed.length === 0) return wrong("Nothing is named that changes.");
  if (changeFormats.includes(output)) return wrong(`--output ${output} needs --from and --to.`);
  return null;
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
  const writers = {
    json: () => formatJson(impactJson(index, targets, impact)),
    markdown: () => impactMarkdown(index.graph, impact, title),
    csv: () => csvLines(impactCsv(index.graph, impact)),
    text: () => formatImpact(index, targets, impact, { by: options.by, terminal }),
  } as const;
  // The other formats are refused earlier.
  terminal.out((format in writers ? writers[format as keyof typeof writers] : writers.text)());
  return exitCodeOf(index, impact, options.failOn);
}
