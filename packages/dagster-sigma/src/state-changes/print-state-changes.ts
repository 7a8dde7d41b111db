import { AssetGraph, resolvePresentation } from "@dagster-sigma/asset-graph";
import { diffCsv, diffMarkdown } from "@dagster-sigma/asset-graph/difference";
import { type AssetsDiff, diffAssets } from "@dagster-sigma/sigma-assets";
import { exitCodes } from "../exit-codes.ts";
import { findingFormats, findingWriters } from "../findings/format-findings.ts";
import type { FailOn } from "../impact/exit-code-of.ts";
import { diffJson } from "../json/diff-json.ts";
import { formatJson } from "../json/json-output.ts";
import { csvLines } from "../terminal/csv-lines.ts";
import { formatDiff } from "../terminal/diff-text.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { StatesOfOrganization } from "./load-states.ts";
import { stateChangeMeanings, stateFindings } from "./state-findings.ts";

/** Formats of a difference of two states. */
export const stateChangeFormats: readonly StateChangeFormat[] = [
  "text",
  "markdown",
  "csv",
  "json",
  ...findingFormats,
];

export type StateChangeFormat = "text" | "markdown" | "csv" | "json" | (typeof findingFormats)[number];

interface PrintStateChangesOptions {
  readonly json?: boolean;
  readonly output: StateChangeFormat;
  /** `difference`: any difference. */
  readonly failOn?: FailOn | "difference" | undefined;
}

/**
 * Prints the differences between two states, and what they break.
 *
 * @returns the exit code
 */
export function printStateChanges(
  terminal: Terminal,
  { before, after }: StatesOfOrganization,
  { json, output, failOn }: PrintStateChangesOptions,
): number {
  const diff = diffAssets(before, after);
  const text = {
    json: () => formatJson(diffJson(diff)),
    markdown: () => diffMarkdown(diff, "What changed"),
    csv: () => csvLines(diffCsv(diff)),
    text: () => formatDiff(diff, terminal),
    ...findingWriters(
      () => stateFindings(diff),
      (rule) => stateChangeMeanings[rule] ?? rule,
    ),
  }[json === true ? "json" : output];
  terminal.out(text());
  return isFailure(diff, failOn, () => namesReadByPeople(after)) ? exitCodes.found : exitCodes.fine;
}

function isFailure(
  { added, removed, changed }: AssetsDiff,
  failOn: PrintStateChangesOptions["failOn"],
  readByPeople: () => ReadonlySet<string>,
): boolean {
  if (failOn === undefined) return false;
  if (failOn === "difference") return added.length + removed.length + changed.length > 0;
  const broken = [...removed, ...changed].flatMap(({ breaks }) => breaks);
  if (failOn === "anything") return broken.length > 0;
  const people = readByPeople();
  return broken.some(({ key }) => people.has(key));
}

/** Keys of the assets that people read. */
function namesReadByPeople(specs: StatesOfOrganization["after"]): ReadonlySet<string> {
  const nodes = [...AssetGraph.build(specs).nodes.values()];
  return new Set(
    nodes
      .filter((node) => resolvePresentation(node).kind.isReadByPeople === true)
      .map(({ spec }) => spec.key.toUserString()),
  );
}
