import {
  AssetCheckEvaluation,
  AssetCheckSpec,
  type AssetSpec,
  type SensorContext,
  SensorDefinition,
  type SensorOptions,
  type SensorResult,
} from "@dagster-sigma/asset-graph";
import type { Diagnostic } from "@dagster-sigma/foundation";
import { sigmaObjectOf } from "../derive/translate/sigma-object.ts";

/** A check of Sigma assets. */
export interface SigmaCheck {
  /** Name of the check in Dagster: letters, digits and `_`. */
  readonly name: string;
  /** Description in Dagster. */
  readonly description: string;
  /** Whether the check applies to an asset. */
  readonly isAbout: (spec: AssetSpec) => boolean;
  /** Evaluates the check for an asset. It must be synchronous. */
  readonly answer: (spec: AssetSpec, about: SigmaCheckContext) => SigmaCheckAnswer;
}

/** The result of a check. */
export interface SigmaCheckAnswer {
  /** Whether the check passed. */
  readonly passed: boolean;
  /** Severity of a failure (default: `error`). */
  readonly severity?: "warn" | "error";
  /** Explanation of the result. */
  readonly description?: string;
}

/** Data for checks, in addition to the asset. */
export interface SigmaCheckContext {
  /** Diagnostics of the asset's object in Sigma. */
  readonly diagnostics: readonly Diagnostic[];
  /** Returns the asset of a dependency; null if the definitions do not contain it. */
  readonly specOf: (key: AssetSpec["key"]) => AssetSpec | null;
  /** Time of the evaluation. */
  readonly now: Date;
}

const isSigma = (spec: AssetSpec): boolean => sigmaObjectOf(spec) !== null;
const isDocument = (spec: AssetSpec): boolean => isSigma(spec) && sigmaObjectOf(spec)?.type !== "dataset";

/** Fails if the object has a diagnostic with one of these codes. */
function noDiagnostics(codes: readonly string[]): SigmaCheck["answer"] {
  return (_spec, { diagnostics }) => {
    const [first, ...others] = diagnostics.filter(({ code }) => codes.includes(code));
    if (first === undefined) return { passed: true };
    const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
    return { passed: false, severity: "warn", description: `${first.message}${more}` };
  };
}

/** Fails if formulas name columns that do not exist, or columns could not be fetched. */
export const noBrokenColumns: SigmaCheck = {
  name: "no_broken_columns",
  description: "All columns in formulas exist.",
  isAbout: isDocument,
  answer: noDiagnostics(["COLUMN_LINEAGE_INCOMPLETE", "COLUMNS_UNAVAILABLE"]),
};

/** Fails if sources of the document are unknown. */
export const noUnresolvedSources: SigmaCheck = {
  name: "no_unresolved_sources",
  description: "All sources are known.",
  isAbout: isSigma,
  answer: noDiagnostics([
    "LINEAGE_UNAVAILABLE",
    "SOURCE_UNRESOLVED",
    "CUSTOM_SQL_WITHOUT_TEXT",
    "DATASET_SOURCES_UNAVAILABLE",
  ]),
};

/** Fails if an upstream asset is archived in Sigma. */
export const noArchivedUpstream: SigmaCheck = {
  name: "no_archived_upstream",
  description: "No source is archived.",
  isAbout: isSigma,
  answer: (spec, { specOf }) => {
    const archived = spec.deps.filter(({ assetKey }) => specOf(assetKey)?.presentation?.isArchived === true);
    if (archived.length === 0) return { passed: true };
    const names = archived.map(({ assetKey }) => assetKey.toUserString()).join(", ");
    return { passed: false, description: `It reads archived assets: ${names}.` };
  },
};

/**
 * Creates a check that fails if a document was not changed for some time.
 *
 * @param days maximum time since the last change, in days
 */
export function notStaleFor(days: number): SigmaCheck {
  return {
    name: "not_stale",
    description: `It was changed within the last ${days} days.`,
    isAbout: isDocument,
    answer: (spec, { now }) => {
      const updatedAt = spec.presentation?.updatedAt ?? null;
      if (updatedAt === null) return { passed: true };
      const ageDays = Math.floor((now.getTime() / 1_000 - updatedAt) / 86_400);
      const passed = ageDays <= days;
      return { passed, severity: "warn", description: `Changed ${ageDays} days ago.` };
    },
  };
}

/** Options of {@link sigmaAssetChecks}. */
export interface SigmaAssetChecksOptions
  extends Partial<Pick<SensorOptions, "name" | "minimumIntervalSeconds" | "defaultStatus">> {
  /** The assets to check. */
  readonly assets: readonly AssetSpec[];
  /** The checks (default: `noBrokenColumns`, `noUnresolvedSources`, `noArchivedUpstream`). */
  readonly checks?: readonly SigmaCheck[];
  /** Maximum number of check evaluations per tick; the rest follow in the next ticks (default: 200). */
  readonly maxEvaluationsPerTick?: number;
}

/**
 * Creates asset checks for Sigma assets and the sensor that evaluates them: after each load of the definitions, and once a
 * day.
 *
 *     const checks = sigmaAssetChecks({ assets, checks: [noBrokenColumns, notStaleFor(90)] });
 *     export default new Definitions({ assets, assetChecks: checks.assetChecks, sensors: [checks.sensor] });
 */
export function sigmaAssetChecks(options: SigmaAssetChecksOptions): {
  readonly assetChecks: readonly AssetCheckSpec[];
  readonly sensor: SensorDefinition;
} {
  const checks = options.checks ?? [noBrokenColumns, noUnresolvedSources, noArchivedUpstream];
  const asked = options.assets.flatMap((spec) =>
    checks.filter((check) => check.isAbout(spec)).map((check) => ({ check, spec })),
  );
  return {
    assetChecks: asked.map(
      ({ check, spec }) =>
        new AssetCheckSpec({ name: check.name, asset: spec.key, description: check.description }),
    ),
    sensor: new SensorDefinition({
      name: options.name ?? "sigma_checks",
      description: "Evaluates the checks of Sigma assets.",
      minimumIntervalSeconds: options.minimumIntervalSeconds ?? 60,
      defaultStatus: options.defaultStatus ?? "running",
      evaluate: (context) => evaluate(asked, context, options.maxEvaluationsPerTick ?? 200),
    }),
  };
}

type Asked = { readonly check: SigmaCheck; readonly spec: AssetSpec };

/** The cursor contains the load, the day and the number of evaluated checks. */
function evaluate(
  asked: readonly Asked[],
  { cursor, definitions }: SensorContext,
  most: number,
): SensorResult {
  const now = new Date();
  const loads = [...new Set(definitions.loadReports.map(({ fetchedAt }) => fetchedAt))].sort();
  const round = `${now.toISOString().slice(0, 10)} ${asked.length} ${loads.join(" ")}`;
  const [, done = "0"] = cursor?.startsWith(`${round}#`) === true ? cursor.split("#") : [];
  const first = Number(done);
  const next = asked.slice(first, first + most);
  if (next.length === 0) return { skipMessage: "All checks were evaluated since the last load." };
  const answers = new CheckAnswers(definitions, now);
  return {
    assetEvents: next.map(({ check, spec }) => answers.evaluate(check, spec)),
    cursor: `${round}#${first + next.length}`,
  };
}

class CheckAnswers {
  readonly #definitions: SensorContext["definitions"];
  readonly #now: Date;
  readonly #diagnostics = new Map<string, Diagnostic[]>();

  constructor(definitions: SensorContext["definitions"], now: Date) {
    this.#definitions = definitions;
    this.#now = now;
    for (const diagnostic of definitions.loadReports.flatMap((report) => report.diagnostics)) {
      const id = diagnostic.object?.id;
      if (id !== undefined) this.#diagnostics.set(id, [...(this.#diagnostics.get(id) ?? []), diagnostic]);
    }
  }

  evaluate(check: SigmaCheck, spec: AssetSpec): AssetCheckEvaluation {
    const id = sigmaObjectOf(spec)?.id ?? "";
    const answer = check.answer(spec, {
      diagnostics: this.#diagnostics.get(id) ?? [],
      specOf: (key) => {
        const node = this.#definitions.assetGraph.get(key);
        return node === undefined || node.isStub ? null : node.spec;
      },
      now: this.#now,
    });
    return new AssetCheckEvaluation({ assetKey: spec.key, checkName: check.name, ...answer });
  }
}
