import { createHash } from "node:crypto";
import { dirname } from "node:path";
import {
  AssetCheckEvaluation,
  type AssetSpec,
  type LoadReport,
  type SensorContext,
  type SensorResult,
} from "@dagster-sigma/asset-graph";
import { type Diagnostic, groupBy } from "@dagster-sigma/foundation";
import { loadEnvironment } from "../environment/load-environment.ts";
import { type ReportedCursor, ReportedRecord } from "./reported-record.ts";
import type { SigmaCheck } from "./sigma-check.ts";

/** A check, and an asset that it applies to. */
export interface AskedCheck {
  readonly check: SigmaCheck;
  readonly spec: AssetSpec;
}

/** Results are computed again after this time, in ms, because some depend on the time. */
const maxAgeMs = 3_600_000;
/** Everything is reported again after this time, in ms. */
const roundMs = 86_400_000;
/** Time to compute results in one evaluation, in ms; other sensors wait meanwhile. */
const budgetMs = 10_000;

const format = 2;

interface CheckCursor {
  readonly format: number;
  readonly reported: ReportedCursor | null;
  /** Start of the current round, ISO 8601. A round reports every result once, and then those that change. */
  readonly since: string;
}

interface Result {
  readonly event: AssetCheckEvaluation;
  readonly item: string;
  readonly fingerprint: string;
}

/** Reports the results of checks that differ from what it reported. */
export class CheckSensor {
  readonly #asked: readonly AskedCheck[];
  readonly #most: number;
  readonly #record = new ReportedRecord();
  #results: Result[] = [];
  #computedMs = 0;

  constructor(asked: readonly AskedCheck[], most: number) {
    this.#asked = asked;
    this.#most = most;
  }

  async evaluate({ cursor: text, definitions }: SensorContext): Promise<SensorResult> {
    const now = new Date();
    const isComplete = this.#compute(definitions, now);
    const current = new Map(this.#results.map(({ item, fingerprint }) => [item, fingerprint]));
    const folder = recordFolder(definitions);
    const cursor = readCursor(text, now);
    let reported = await this.#record.recall(cursor.reported, current, folder);
    let since = cursor.since;
    const isOpen = ({ item, fingerprint }: Result): boolean => reported.get(item) !== fingerprint;
    let open = this.#results.filter(isOpen);
    if (isComplete && open.length === 0 && now.getTime() - Date.parse(since) >= roundMs) {
      [reported, since] = [new Map(), now.toISOString()];
      open = this.#results;
    }
    const next = open.slice(0, this.#most);
    const items = new Set(this.#asked.map(itemOf));
    const kept = [...reported].filter(([item]) => items.has(item));
    const told = next.map(({ item, fingerprint }) => [item, fingerprint] as const);
    const isSame = told.length === 0 && kept.length === reported.size;
    const after = isSame ? reported : new Map([...kept, ...told]);
    const written: CheckCursor = { format, reported: await this.#record.keep(after, folder), since };
    const result = { cursor: JSON.stringify(written) };
    if (next.length > 0) return { ...result, assetEvents: next.map(({ event }) => event) };
    const skipMessage = isComplete
      ? "No result of a check changed."
      : `Computed ${this.#results.length} of ${this.#asked.length} results; the rest follow in the next evaluations.`;
    return { ...result, skipMessage };
  }

  /** Computes results until all are known or the time is over. */
  #compute(definitions: SensorContext["definitions"], now: Date): boolean {
    const isWhole = this.#results.length === this.#asked.length;
    if (isWhole && now.getTime() - this.#computedMs >= maxAgeMs) this.#results = [];
    if (this.#results.length === 0) this.#computedMs = now.getTime();
    const answers = new CheckAnswers(definitions, now);
    const startedMs = performance.now();
    for (const asked of this.#asked.slice(this.#results.length)) {
      this.#results.push(answers.answer(asked));
      if (performance.now() - startedMs > budgetMs) break;
    }
    return this.#results.length === this.#asked.length;
  }
}

/** Starts over with a missing cursor or one of another version. */
function readCursor(text: string | null, now: Date): Pick<CheckCursor, "reported" | "since"> {
  const nothing = { reported: null, since: now.toISOString() };
  try {
    const cursor = JSON.parse(text ?? "") as Partial<CheckCursor>;
    const { reported, since } = cursor;
    if (cursor.format !== format || Number.isNaN(Date.parse(since ?? ""))) return nothing;
    const isWhole = typeof reported?.digest === "string" && typeof reported.groups === "string";
    return isWhole ? { reported, since: since ?? "" } : nothing;
  } catch {
    return nothing;
  }
}

function recordFolder({ assets }: SensorContext["definitions"]): string | null {
  const stateFile = assets.find(({ origin }) => origin?.load?.stateFile != null)?.origin?.load?.stateFile;
  return stateFile == null ? loadEnvironment().stateDir : dirname(stateFile);
}

function itemOf({ check, spec }: AskedCheck): string {
  return `${spec.key.toUserString()} ${check.name}`;
}

class CheckAnswers {
  readonly #definitions: SensorContext["definitions"];
  readonly #now: Date;
  /** Diagnostics of each load by the id of their object. */
  readonly #diagnostics = new Map<LoadReport, ReadonlyMap<string, readonly Diagnostic[]>>();

  constructor(definitions: SensorContext["definitions"], now: Date) {
    this.#definitions = definitions;
    this.#now = now;
  }

  answer(asked: AskedCheck): Result {
    const { check, spec } = asked;
    const answer = check.answer(spec, {
      diagnostics: this.#diagnosticsOf(spec),
      specOf: (key) => {
        const node = this.#definitions.assetGraph.get(key);
        return node === undefined || node.isStub ? null : node.spec;
      },
      now: this.#now,
    });
    const event = new AssetCheckEvaluation({ assetKey: spec.key, checkName: check.name, ...answer });
    return { event, item: itemOf(asked), fingerprint: fingerprint(event) };
  }

  #diagnosticsOf({ origin }: AssetSpec): readonly Diagnostic[] {
    const [load, object] = [origin?.load ?? null, origin?.object ?? null];
    if (load === null || object === null) return [];
    let byObject = this.#diagnostics.get(load);
    if (byObject === undefined) {
      byObject = diagnosticsByObject(load.diagnostics);
      this.#diagnostics.set(load, byObject);
    }
    return byObject.get(object.id) ?? [];
  }
}

/** Diagnostics by the id of their object, and of the objects that read it. */
function diagnosticsByObject(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const entries = diagnostics.flatMap((diagnostic) =>
    [...new Set([diagnostic.object?.id ?? "", ...(diagnostic.readers ?? []).map(({ id }) => id)])].map(
      (id) => ({ id, diagnostic }),
    ),
  );
  const groups = groupBy(entries, ({ id }) => id);
  return new Map([...groups].map(([id, group]) => [id, group.map(({ diagnostic }) => diagnostic)]));
}

/** Sigma's request ids, which messages quote, are no part of a result. */
function fingerprint({ passed, severity, description }: AssetCheckEvaluation): string {
  const told = description?.replaceAll(/\[request [^\]]*\]/g, "") ?? null;
  return createHash("sha256")
    .update(JSON.stringify([passed, severity, told]))
    .digest("hex")
    .slice(0, 16);
}
