import { countProvenances, type Definitions } from "@dagster-sigma/asset-graph";
import { type Diagnostic, groupBy, printable } from "@dagster-sigma/foundation";
import { diagnosticKinds } from "@dagster-sigma/sigma-assets";
import { counted } from "./counted.ts";
import { formatFlow, type TextOptions } from "./graph-text.ts";
import { formatOutcomes } from "./outcomes-text.ts";
import { formatProvenanceCounts } from "./provenance-text.ts";

/**
 * Lists diagnostics by code: the meaning, each object with its URL, and what to do.
 *
 * @param diagnostics all of the definitions, or those of a selection
 */
export function formatCheck(
  definitions: Definitions,
  diagnostics: readonly Diagnostic[],
  options: TextOptions,
): string {
  const { bold, dim, green } = options.colors;
  const reports = definitions.loadReports;
  const matches = reports.flatMap((report) => report.matches);
  const matched = matches.filter(({ matchedBy }) => matchedBy !== null).length;
  const scopes = [...new Set(reports.flatMap(({ scope }) => scope ?? []))];
  return [
    `${bold(formatFlow(definitions.assetGraph) || "No assets")}\n`,
    dim(
      scopes.length === 0
        ? "The whole organization.\n"
        : `${capitalized(scopes.join(" and "))}: documents that are not shared with their owner are not in the graph.\n`,
    ),
    ...(matches.length === 0
      ? []
      : [`${matched} of ${matches.length} tables match assets of the rest of the graph.\n`]),
    prefixed(
      "\n",
      formatOutcomes(
        reports.flatMap(({ outcomes }) => outcomes),
        options,
      ),
    ),
    prefixed("\n", formatProvenanceCounts(countProvenances(definitions), options)),
    ...(diagnostics.length === 0
      ? [`\n${green("No problems found.")}\n`]
      : [...groupBy(diagnostics, ({ code }) => code)].map(([code, found]) =>
          formatKind(code, found, options),
        )),
    `\n${summaryOf(diagnostics)}\n`,
  ].join("");
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function prefixed(prefix: string, text: string): string {
  return text === "" ? "" : `${prefix}${text}`;
}

function formatKind(code: string, found: readonly Diagnostic[], { colors }: TextOptions): string {
  const isError = found[0]?.severity === "error";
  const paint = isError ? colors.red : colors.yellow;
  const kind = code in diagnosticKinds ? diagnosticKinds[code as keyof typeof diagnosticKinds] : null;
  const lines = found.map(({ object, message }) => {
    const happened = kind === null ? message : message.replace(` ${kind.whatToDo}`, "");
    const what = object === null || happened.includes(object.name) ? happened : `${object.name}: ${happened}`;
    const url = object?.url == null ? "" : `\n      ${colors.dim(printable(object.url))}`;
    return `    ${printable(what)}${url}\n`;
  });
  return [
    `\n${paint(`${isError ? "error" : "warning"} ${code}`)} ${colors.dim(`(${found.length})`)}\n`,
    ...(kind === null ? [] : [`  ${kind.meaning}\n  ${colors.bold("To do:")} ${kind.whatToDo}\n`]),
    ...lines,
  ].join("");
}

function summaryOf(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  return `${counted(errors, "error")}, ${counted(diagnostics.length - errors, "warning")}`;
}
