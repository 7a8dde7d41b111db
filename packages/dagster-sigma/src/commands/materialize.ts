import { setMaxListeners } from "node:events";
import type { DagsterClient } from "@dagster-sigma/dagster-client";
import type { MaterializeDocumentResult, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { Command, Option } from "commander";
import { selector } from "../choose/selector.ts";
import { dagsterAt } from "../definitions/dagster-at.ts";
import { loadDefinitions } from "../definitions/load-definitions.ts";
import { CommandError } from "../errors.ts";
import { exitCodes } from "../exit-codes.ts";
import { formatJson } from "../json/json-output.ts";
import { documentsOfKeys, documentsOfSelection } from "../materialize/choose-documents.ts";
import { type MaterializedDocument, materializeJson, planJson } from "../materialize/materialize-json.ts";
import { type DocumentPlans, type PlannedDocument, planDocuments } from "../materialize/plan-documents.ts";
import { reportToDagster } from "../materialize/report-to-dagster.ts";
import { runDocuments } from "../materialize/run-documents.ts";
import { countOption } from "../options/count-option.ts";
import { durationOption } from "../options/duration-option.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, addRefreshOption, type LoadOptions } from "../options/load-options.ts";
import { formatMaterializations, formatPlans } from "../terminal/materialize-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface MaterializeCommandOptions extends LoadOptions, GlobalOptions {
  readonly select?: string;
  readonly element?: readonly string[];
  /** In ms. */
  readonly timeout?: number;
  readonly concurrency: number;
  readonly wait: boolean;
  readonly dryRun?: boolean;
  readonly report?: string;
}

/** `dagster-sigma materialize KEY…`: materializes documents in Sigma, and waits until they have ended. */
export function materializeCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  return addRefreshOption(addLoadOptions(new Command("materialize")))
    .description("Materialize workbooks and data models in Sigma, and wait until they have ended.")
    .argument("[keys...]", "asset keys, or names in Sigma, of workbooks and data models")
    .option("--select <selection>", "materialize the documents of a selection, in Dagster's syntax")
    .option(
      "--element <name>",
      "materialize only this element, by name or id (repeatable; default: all that have a schedule)",
      (value: string, previous: readonly string[] = []) => [...previous, value],
    )
    .addOption(
      new Option(
        "--timeout <time>",
        "stop waiting after this time, for example 90s or 30m (default: 1h for each element)",
      ).argParser(durationOption),
    )
    .addOption(
      new Option("--concurrency <n>", "maximum number of elements in progress")
        .argParser(countOption)
        .default(4),
    )
    .option("--no-wait", "only start them")
    .option("--dry-run", "print what would be started, and start nothing")
    .option(
      "--report <url>",
      "report documents that are ready to the Dagster at this URL, with the token in DAGSTER_CLOUD_API_TOKEN if it is set",
    )
    .action(async (keys: readonly string[], _options: MaterializeCommandOptions, command: Command) => {
      const options = command.optsWithGlobals<MaterializeCommandOptions>();
      exitWith(await materialize(terminal, keys, options));
    });
}

/** @returns the exit code */
async function materialize(
  terminal: Terminal,
  keys: readonly string[],
  options: MaterializeCommandOptions,
): Promise<number> {
  const { select } = options;
  if ((keys.length === 0) === (select === undefined))
    throw new CommandError("WRONG_USE", "Pass either keys of documents or --select.");
  const selection = select === undefined ? null : selector(select);
  const dagster = options.report === undefined ? null : await dagsterAt(options.report, options.file);
  const definitions = await loadDefinitions(terminal, options);
  const documents =
    selection === null
      ? documentsOfKeys(definitions, keys)
      : documentsOfSelection(definitions, selection(definitions, terminal));
  const stop = new AbortController();
  // Every call listens to it.
  setMaxListeners(0, stop.signal);
  const onStop = (): void => stop.abort(stopped());
  process.once("SIGINT", onStop);
  process.once("SIGTERM", onStop);
  try {
    const organizations = new Set(documents.map(({ organization }) => organization));
    return await holdingClients([...organizations], async () => {
      const plans = await planDocuments(documents, {
        elements: options.element,
        isStrict: selection === null,
        signal: stop.signal,
      });
      if (plans.planned.length === 0) throw nothingToMaterialize(plans);
      if (options.dryRun === true) return printPlans(terminal, plans, options);
      const results = await runDocuments(terminal, plans.planned, options, stop.signal);
      const materialized = await reportAll(dagster, plans.planned, results);
      return printResults(terminal, materialized, plans, options);
    });
  } finally {
    process.off("SIGINT", onStop);
    process.off("SIGTERM", onStop);
  }
}

/** One client for all steps, because Sigma allows one sign-in per second. */
function holdingClients<Result>(
  organizations: readonly SigmaOrganization[],
  work: () => Promise<Result>,
): Promise<Result> {
  const [first, ...others] = organizations;
  return first === undefined ? work() : first.withSharedClient(() => holdingClients(others, work));
}

async function reportAll(
  dagster: DagsterClient | null,
  planned: readonly PlannedDocument[],
  results: ReadonlyMap<PlannedDocument, MaterializeDocumentResult>,
): Promise<readonly MaterializedDocument[]> {
  const materialized: MaterializedDocument[] = [];
  for (const document of planned) {
    const result = results.get(document);
    if (result === undefined) continue;
    const isReported = dagster !== null && result.outcome === "ready";
    const report = isReported ? await reportToDagster(dagster, document, result) : null;
    materialized.push({ document, result, report });
  }
  return materialized;
}

function printPlans(terminal: Terminal, plans: DocumentPlans, options: GlobalOptions): number {
  const { planned, unplanned } = plans;
  if (options.json === true) terminal.out(formatJson(planJson(planned, unplanned)));
  else
    terminal.out(
      formatPlans(
        planned.map(({ plan }) => plan),
        terminal,
      ),
    );
  printUnplanned(terminal, plans);
  return exitCodes.fine;
}

function printResults(
  terminal: Terminal,
  materialized: readonly MaterializedDocument[],
  plans: DocumentPlans,
  options: GlobalOptions,
): number {
  const results = materialized.map(({ result }) => result);
  const outcome = outcomeOf(results, plans);
  if (options.json === true)
    terminal.out(formatJson(materializeJson(outcome, materialized, plans.unplanned)));
  else terminal.out(formatMaterializations(results, terminal));
  printUnplanned(terminal, plans);
  const problems = materialized.flatMap(({ report }) => report?.problem ?? []);
  for (const { message, code } of problems) terminal.err(`Not reported to Dagster: ${message} ${code}\n`);
  if (outcome !== "ready" && outcome !== "started") return exitCodeOfOutcome[outcome];
  return problems.length > 0 ? exitCodes.failed : exitCodes.fine;
}

type CommandOutcome = "cancelled" | "timedOut" | "notAllReady" | "started" | "ready";

const exitCodeOfOutcome = {
  cancelled: exitCodes.stopped,
  timedOut: exitCodes.timedOut,
  notAllReady: exitCodes.notAllReady,
} as const;

function outcomeOf(
  results: readonly MaterializeDocumentResult[],
  { unplanned }: DocumentPlans,
): CommandOutcome {
  const has = (outcome: MaterializeDocumentResult["outcome"]): boolean =>
    results.some((result) => result.outcome === outcome);
  if (has("cancelled")) return "cancelled";
  if (has("timedOut")) return "timedOut";
  if (has("failed") || has("partlyFailed") || has("unknown")) return "notAllReady";
  if (unplanned.some(({ isUnscheduled }) => !isUnscheduled)) return "notAllReady";
  return has("started") ? "started" : "ready";
}

/** Selected documents without a schedule are counted; other problems are printed. */
function printUnplanned(terminal: Terminal, { unplanned }: DocumentPlans): void {
  const unscheduled = unplanned.filter(({ isUnscheduled }) => isUnscheduled).length;
  if (unscheduled > 0)
    terminal.err(
      `${unscheduled} selected ${unscheduled === 1 ? "document has" : "documents have"} no materialization schedule in Sigma.\n`,
    );
  for (const { problem, isUnscheduled } of unplanned)
    if (!isUnscheduled) terminal.err(`Not started: ${problem.message} ${problem.code}\n`);
}

function nothingToMaterialize({ unplanned }: DocumentPlans): CommandError {
  const [first] = unplanned;
  return new CommandError(
    "NOTHING_TO_MATERIALIZE",
    "None of the selected assets can be materialized in Sigma.",
    first?.problem.message ?? "Select workbooks or data models with materialization schedules.",
  );
}

function stopped(): CommandError {
  return new CommandError("STOPPED", "Stopped before anything was started.");
}
