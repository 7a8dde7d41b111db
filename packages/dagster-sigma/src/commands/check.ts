import { countProvenances } from "@dagster-sigma/asset-graph";
import type { Diagnostic } from "@dagster-sigma/foundation";
import { Command } from "commander";
import { loadDefinitions } from "../definitions/load-definitions.ts";
import { exitCodes } from "../exit-codes.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, addRefreshOption, type LoadOptions } from "../options/load-options.ts";
import { formatCheck } from "../terminal/check-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface CheckOptions extends LoadOptions, GlobalOptions {
  readonly snapshot?: string;
  readonly strict?: boolean;
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
    .action(async (_options: CheckOptions, command: Command) => {
      const options = command.optsWithGlobals<CheckOptions>();
      const definitions = await loadDefinitions(terminal, options);
      const reports = definitions.loadReports;
      const diagnostics = reports.flatMap((report) => report.diagnostics);
      const matches = reports.flatMap((report) => report.matches);
      terminal.out(
        options.json === true
          ? `${JSON.stringify({ diagnostics, matches: matches.map(matchToJson), outcomes: reports.flatMap((report) => report.outcomes), provenances: countProvenances(definitions) })}\n`
          : formatCheck(definitions, terminal),
      );
      const isFound = ({ severity }: Diagnostic): boolean => severity === "error" || options.strict === true;
      exitWith(diagnostics.some(isFound) ? exitCodes.found : exitCodes.fine);
    });
}

type Match = Awaited<ReturnType<typeof loadDefinitions>>["loadReports"][number]["matches"][number];

function matchToJson({ table, key, matchedBy, candidates }: Match): object {
  return { table, key: key.path, matchedBy, candidates: candidates.map(({ path }) => path) };
}
