import { printable } from "@dagster-sigma/foundation";
import {
  type MaterializeDocumentResult,
  type MaterializeTarget,
  type ScheduledSheet,
  type SheetOutcome,
  type SheetResult,
  sheetName,
} from "@dagster-sigma/sigma-assets";
import type { TextOptions } from "./graph-text.ts";
import { padText } from "./text-width.ts";

/** Words for an outcome that are shorter or clearer than its name. */
const words: Partial<Record<SheetOutcome, string>> = {
  timedOut: "timed out",
  notStarted: "not started",
  stopped: "not awaited",
};

/** Outcomes that Sigma goes on with. */
const goingOn: ReadonlySet<SheetOutcome> = new Set(["timedOut", "stopped", "unknown", "started"]);

const outcomeWidth = 12;

interface SheetRow {
  readonly target: MaterializeTarget;
  readonly sheet: ScheduledSheet;
  readonly state: string;
  readonly details: string;
}

/** What would be started: one line for each sheet. */
export function formatPlans(
  plans: readonly { readonly target: MaterializeTarget; readonly sheets: readonly ScheduledSheet[] }[],
  options: TextOptions,
): string {
  const rows = plans.flatMap(({ target, sheets }) =>
    sheets.map((sheet) => ({ target, sheet, state: "would start", details: pausedText(sheet) })),
  );
  return formatRows(rows, options);
}

/** The results: one line for each sheet, then the reasons of those that are not ready, then a summary. */
export function formatMaterializations(
  results: readonly MaterializeDocumentResult[],
  options: TextOptions,
): string {
  const sheets = results.flatMap(({ target, sheets: ofDocument }) =>
    ofDocument.map((result) => ({ target, result })),
  );
  const rows = sheets.map(({ target, result }) => ({
    target,
    sheet: result.sheet,
    state: words[result.outcome] ?? result.outcome,
    details: [secondsText(result), pausedText(result.sheet)].filter((text) => text !== "").join(" · "),
  }));
  const problems = sheets.flatMap(({ target, result }) => problemText(target, result, options));
  return [
    formatRows(rows, options),
    ...problems,
    `\n${summaryOf(sheets.map(({ result }) => result))}\n`,
  ].join("");
}

function formatRows(rows: readonly SheetRow[], { width, colors }: TextOptions): string {
  const nameOf = ({ target }: SheetRow): string => printable(target.name ?? target.id);
  const elementOf = ({ sheet }: SheetRow): string => printable(sheetName(sheet));
  const columnWidth = Math.max(12, Math.floor((width - outcomeWidth - 24) / 2));
  const fit = (texts: readonly string[]): number =>
    Math.min(columnWidth, Math.max(4, ...texts.map((text) => text.length)));
  const [nameWidth, elementWidth] = [fit(rows.map(nameOf)), fit(rows.map(elementOf))];
  return rows
    .map((row) => {
      const state = padText(row.state, outcomeWidth);
      const color =
        row.state === "ready" || row.state === "would start" || row.state === "started"
          ? colors.green
          : colors.red;
      return `${padText(nameOf(row), nameWidth)}  ${padText(elementOf(row), elementWidth)}  ${color(state)} ${colors.dim(row.details)}`.trimEnd();
    })
    .map((line) => `${line}\n`)
    .join("");
}

function secondsText({ outcome, seconds, status }: SheetResult): string {
  if (outcome === "notStarted" || outcome === "started") return "";
  const ownWord =
    status !== null && status.toLowerCase() !== outcome ? `, status "${printable(status)}"` : "";
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s${ownWord}`;
}

function pausedText({ isPaused }: ScheduledSheet): string {
  return isPaused ? "its schedule is paused" : "";
}

function problemText(
  target: MaterializeTarget,
  { problem }: SheetResult,
  { colors }: TextOptions,
): readonly string[] {
  if (problem === null) return [];
  const hint = problem.hint === null ? "" : ` ${printable(problem.hint)}`;
  const url = target.url == null || problem.message.includes(target.url) ? "" : ` ${printable(target.url)}`;
  return [`\n${printable(problem.message)}${hint}${url} ${colors.dim(problem.code)}\n`];
}

/** `3 ready, 1 failed`, and what Sigma goes on with. */
function summaryOf(sheets: readonly SheetResult[]): string {
  const counts = new Map<SheetOutcome, number>();
  for (const { outcome } of sheets) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const going = sheets.filter(({ outcome }) => goingOn.has(outcome)).length;
  const text = [...counts].map(([outcome, count]) => `${count} ${words[outcome] ?? outcome}`).join(", ");
  return going === 0 ? text : `${text}. Sigma goes on with those that were started; it cannot cancel them.`;
}
