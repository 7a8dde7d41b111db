import { type Organization, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import type { ServedOrganization } from "../dagster-sigma/load-case.ts";
import { PythonLines } from "../python/python-lines.ts";
import type { ObservedSide } from "./materialize-case.ts";
import { observeSandbox } from "./observe-sandbox.ts";
import { buildScheduledCompany, type ScheduledDocuments } from "./scheduled-company.ts";
import { longestWaitMs, timeScale } from "./short-time.ts";

/** What happened in the reference. */
export interface ObservedReference extends ObservedSide {
  /** Pauses between requests for statuses, in s; those of different lengths. */
  readonly pausesSeconds: readonly number[];
  /** For each event in Dagster, the labels of its metadata. */
  readonly events: readonly (readonly string[])[];
}

/** Pause of the reference between requests for statuses, in ms. */
const referencePauseMs = 5_000;

interface Answer {
  /** Null if the definitions have no asset for one of the documents. */
  readonly workbooks:
    | readonly {
        readonly error: {
          readonly type: string;
          readonly message: string;
          readonly status: number | null;
        } | null;
        /** Labels of the metadata of each event in Dagster. */
        readonly metadata: readonly (readonly string[])[];
      }[]
    | null;
  /** The different pauses between requests for statuses, in s, before they are shortened. */
  readonly pauses: readonly number[];
}

/** The real dagster-sigma, in a Python process. */
export class ReferenceMaterializer {
  readonly #lines: PythonLines<object, Answer>;
  readonly #loaded = new Set<string>();

  constructor(python: string) {
    this.#lines = new PythonLines(python, "materialize_workbooks.py");
  }

  /**
   * Materializes all documents of a sandbox. The definitions are loaded from an organization in its own sandbox, because the
   * reference would sign in twice in a second.
   */
  async materialize(
    loaded: ScheduledDocuments,
    sandbox: Sandbox,
    inDagster: boolean,
  ): Promise<ObservedReference> {
    const name = JSON.stringify(loaded);
    const loadFrom = this.#loaded.has(name)
      ? null
      : await startSandbox({ organization: buildScheduledCompany(loaded) });
    this.#loaded.add(name);
    const { workbooks, pauses } = await this.#lines
      .ask({
        name,
        loadFrom: loadFrom === null ? null : served(loadFrom),
        runOn: served(sandbox),
        documentIds: documentIds(sandbox.organization),
        inDagster,
        sleepScale: timeScale,
        maxSleeps: longestWaitMs / referencePauseMs,
      })
      .finally(() => loadFrom?.close());
    const { started, ...observed } = observeSandbox(sandbox);
    const errors = (workbooks ?? []).flatMap(({ error }) => error ?? []);
    const tellsEnds = errors.every(({ message }) => message.includes("Materializations for sheets"));
    return {
      ...observed,
      outcome: workbooks === null ? "no asset" : workbooks.map(({ error }) => outcomeOf(error)).join("; "),
      claimsReady: workbooks !== null && errors.length === 0,
      ends: errors.every(({ type }) => type !== "StillWaiting"),
      text: errors.map(({ message }) => message).join("\n"),
      lost: tellsEnds ? 0 : started,
      pausesSeconds: pauses,
      events: (workbooks ?? []).flatMap(({ metadata }) => metadata),
    };
  }

  close(): Promise<void> {
    return this.#lines.close();
  }
}

function served({ baseUrl, clientId, clientSecret }: Sandbox): ServedOrganization {
  return { baseUrl, clientId, clientSecret };
}

function documentIds({ workbooks, dataModels }: Organization): readonly string[] {
  return (workbooks.length > 0 ? workbooks : dataModels).map(({ id }) => id);
}

type ReferenceError = NonNullable<NonNullable<Answer["workbooks"]>[number]["error"]>;

function outcomeOf(error: ReferenceError | null): string {
  if (error === null) return "ready";
  if (error.type === "StillWaiting") return "waits without end";
  const counts = [...error.message.matchAll(/aterializations for sheets (.+?) (failed|succeeded)/g)].map(
    ([, sheets = "", what = ""]) => `${sheets.split(", ").length} ${what}`,
  );
  const about =
    counts.length > 0 ? `: ${counts.join(", ")}` : error.status === null ? "" : ` ${error.status}`;
  return `\`${error.type}\`${about}`;
}
