import { DagsterSigmaError } from "@dagster-sigma/foundation";
import {
  type MaterializeDocumentResult,
  type MaterializeOptions,
  type MaterializeTarget,
  materializeDocument,
  type SheetOutcome,
} from "@dagster-sigma/sigma-assets";
import { SigmaClient } from "@dagster-sigma/sigma-client";
import type { Sandbox } from "@dagster-sigma/sigma-sandbox";
import type { MaterializeCase, ObservedSide } from "./materialize-case.ts";
import { observeSandbox } from "./observe-sandbox.ts";
import { shortClock, timeScale } from "./short-time.ts";

/** Materializes the documents of a sandbox with this project's library. */
export async function materializeOurs(
  sandbox: Sandbox,
  limits: MaterializeCase["limits"] = {},
): Promise<ObservedSide> {
  const { workbooks, dataModels } = sandbox.organization;
  const type = workbooks.length > 0 ? "workbook" : "dataModel";
  const targets = (workbooks.length > 0 ? workbooks : dataModels).map(
    ({ id, name }): MaterializeTarget => ({ type, id, name }),
  );
  const client = new SigmaClient({ ...sandbox, clock: shortClock });
  const options: MaterializeOptions = { ...short(defaultPauses), ...short(limits) };
  const told: Told[] = [];
  for (const target of targets)
    told.push(await materializeDocument(client, target, options).then(toldByResult, toldByError));
  await client.close();
  const { started, ...observed } = observeSandbox(sandbox);
  return {
    ...observed,
    outcome: told.map(({ outcome }) => outcome).join("; "),
    text: told.map(({ text }) => text).join("\n"),
    claimsReady: told.every(({ claimsReady }) => claimsReady),
    ends: true,
    lost: told.reduce((lost, { ended }) => lost - ended, started),
  };
}

/** Those of the library. */
const defaultPauses = { firstPollMs: 2_000, maxPollMs: 60_000 };

function short(times: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, ms * timeScale]));
}

interface Told extends Pick<ObservedSide, "outcome" | "text" | "claimsReady"> {
  /** Number of started materializations whose end the caller learns. */
  readonly ended: number;
}

const ends: readonly SheetOutcome[] = ["ready", "failed", "expired", "canceled", "skipped"];

function toldByResult(result: MaterializeDocumentResult): Told {
  const { outcome, sheets } = result;
  return {
    outcome: outcomeOf(result),
    text: sheets.map(({ problem }) => problem?.message ?? "").join("\n"),
    claimsReady: outcome === "ready",
    ended: sheets.filter((sheet) => sheet.materializationId !== null && ends.includes(sheet.outcome)).length,
  };
}

function toldByError(thrown: unknown): Told {
  if (!DagsterSigmaError.isInstance(thrown)) throw thrown;
  return { outcome: `\`${thrown.code}\``, text: thrown.message, claimsReady: false, ended: 0 };
}

function outcomeOf({ outcome, sheets }: MaterializeDocumentResult): string {
  if (outcome === "ready") return outcome;
  const counts = new Map<string, number>();
  for (const sheet of sheets) {
    const what = sheet.problem === null ? sheet.outcome : `\`${sheet.problem.code}\``;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => (sheets.length === 1 ? what : `${count} ${what}`)).join(", ");
}
