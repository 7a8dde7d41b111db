import { countProvenances, type Definitions } from "@dagster-sigma/asset-graph";
import type { Diagnostic } from "@dagster-sigma/foundation";
import { Command } from "commander";
import { selector } from "../choose/selector.ts";
import { loadDefinitions } from "../definitions/load-definitions.ts";
import { exitCodes } from "../exit-codes.ts";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, addRefreshOption, type LoadOptions } from "../options/load-options.ts";
import { formatCheck } from "../terminal/check-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface CheckOptions extends LoadOptions, GlobalOptions {
  readonly snapshot?: string;
  readonly strict?: boolean;
  readonly select?: string;
}

/**
 * `dagster-sigma check`: prints all diagnostics of a load, and what to do about them; exits with 3 if there are
 * errors.
 */
export function checkCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  return addRefreshOption(addLoadOptions(new Command("check")))
    .description("Print all diagnostics of a load, and what to do about them.")
    .option("--snapshot <file>", "check this snapshot file instead of Sigma")
    .option("--strict", "exit with code 3 for warnings too")
    .option(
      "--select <selection>",
      "only diagnostics of selected assets, in Dagster's selection syntax (default: all)",
    )
    .action(async (_options: CheckOptions, command: Command) => {
      const options = command.optsWithGlobals<CheckOptions>();
      const select = options.select === undefined ? null : selector(options.select);
      const definitions = await loadDefinitions(terminal, options);
      const selected = select?.(definitions, terminal) ?? null;
      const reports = definitions.loadReports;
      const diagnostics = diagnosticsOf(definitions, selected);
      const matches = reports.flatMap((report) => report.matches);
      terminal.out(
        options.json === true
          ? formatJson({
              diagnostics,
              matches: matches.map(matchToJson),
              outcomes: reports.flatMap((report) => report.outcomes),
              provenances: countProvenances(definitions),
            })
          : formatCheck(definitions, diagnostics, terminal),
      );
      const isFound = ({ severity }: Diagnostic): boolean => severity === "error" || options.strict === true;
      exitWith(diagnostics.some(isFound) ? exitCodes.found : exitCodes.fine);
    });
}

/** Those of selected assets; a diagnostic of the whole organization belongs to none. */
function diagnosticsOf(
  definitions: Definitions,
  selected: ReadonlySet<string> | null,
): readonly Diagnostic[] {
  const all = definitions.loadReports.flatMap((report) => report.diagnostics);
  if (selected === null) return all;
  const ids = new Set(
    [...selected].flatMap((id) => definitions.assetGraph.nodes.get(id)?.spec.origin?.object?.id ?? []),
  );
  return all.filter(({ object }) => object !== null && ids.has(object.id));
}

type Match = Awaited<ReturnType<typeof loadDefinitions>>["loadReports"][number]["matches"][number];

function matchToJson({ table, key, matchedBy, candidates }: Match): object {
  return { table, key: key.path, matchedBy, candidates: candidates.map(({ path }) => path) };
}
