import { countProvenances, type Definitions } from "@dagster-sigma/asset-graph";
import type { Diagnostic } from "@dagster-sigma/foundation";
import { diagnosticKinds } from "@dagster-sigma/sigma-assets";
import { Command, Option } from "commander";
import { selector } from "../choose/selector.ts";
import { loadDefinitions } from "../definitions/load-definitions.ts";
import { exitCodes } from "../exit-codes.ts";
import { checkFindings } from "../findings/check-findings.ts";
import { findingsMarkdown } from "../findings/findings-markdown.ts";
import { findingFormats, findingWriters } from "../findings/format-findings.ts";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, addRefreshOption, type LoadOptions } from "../options/load-options.ts";
import { formatCheck } from "../terminal/check-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

const formats = ["text", "markdown", "json", ...findingFormats] as const;

interface CheckOptions extends LoadOptions, GlobalOptions {
  readonly snapshot?: string;
  readonly strict?: boolean;
  readonly select?: string;
  readonly output: (typeof formats)[number];
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
    .addOption(new Option("-o, --output <format>", "format of the output").choices(formats).default("text"))
    .action(async (_options: CheckOptions, command: Command) => {
      const options = command.optsWithGlobals<CheckOptions>();
      const select = options.select === undefined ? null : selector(options.select);
      const definitions = await loadDefinitions(terminal, options);
      const selected = select?.(definitions, terminal) ?? null;
      const diagnostics = diagnosticsOf(definitions, selected);
      const findings = (): ReturnType<typeof checkFindings> => checkFindings(diagnostics);
      const text = {
        text: () => formatCheck(definitions, diagnostics, terminal),
        json: () => formatJson(checkJson(definitions, diagnostics)),
        markdown: () => findingsMarkdown("Check of Sigma", findings()),
        ...findingWriters(findings, meaningOf),
      }[options.json === true ? "json" : options.output];
      terminal.out(text());
      const isFound = ({ severity }: Diagnostic): boolean => severity === "error" || options.strict === true;
      exitWith(diagnostics.some(isFound) ? exitCodes.found : exitCodes.fine);
    });
}

function checkJson(definitions: Definitions, diagnostics: readonly Diagnostic[]): object {
  const reports = definitions.loadReports;
  return {
    diagnostics,
    matches: reports.flatMap((report) => report.matches).map(matchToJson),
    outcomes: reports.flatMap((report) => report.outcomes),
    provenances: countProvenances(definitions),
  };
}

function meaningOf(code: string): string {
  return code in diagnosticKinds ? diagnosticKinds[code as keyof typeof diagnosticKinds].meaning : code;
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
