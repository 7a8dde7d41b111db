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

/** A question about an asset, and how it is answered. Null where it does not apply. */
export interface SigmaCheck {
  readonly name: string;
  readonly description: string;
  readonly isAbout: (spec: AssetSpec) => boolean;
  readonly answer: (spec: AssetSpec, about: SigmaCheckContext) => SigmaCheckAnswer;
}

export interface SigmaCheckAnswer {
  readonly passed: boolean;
  /** `error` when left out. */
  readonly severity?: "warn" | "error";
  readonly description?: string;
}

/** What checks may look at besides the asset. */
export interface SigmaCheckContext {
  /** What the load noticed about the object behind the asset. */
  readonly diagnostics: readonly Diagnostic[];
  /** The asset of a dependency; null for one that is defined elsewhere. */
  readonly specOf: (key: AssetSpec["key"]) => AssetSpec | null;
  readonly now: Date;
}

const isSigma = (spec: AssetSpec): boolean => sigmaObjectOf(spec) !== null;
const isDocument = (spec: AssetSpec): boolean => isSigma(spec) && sigmaObjectOf(spec)?.type !== "dataset";

/** Fails for what Sigma says of the object under one of these codes. */
function noDiagnostics(codes: readonly string[]): SigmaCheck["answer"] {
  return (_spec, { diagnostics }) => {
    const [first, ...others] = diagnostics.filter(({ code }) => codes.includes(code));
    if (first === undefined) return { passed: true };
    const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
    return { passed: false, severity: "warn", description: `${first.message}${more}` };
  };
}

export const noBrokenColumns: SigmaCheck = {
  name: "no_broken_columns",
  description: "Every column that a formula names is there.",
  isAbout: isDocument,
  answer: noDiagnostics(["COLUMN_LINEAGE_INCOMPLETE", "COLUMNS_UNAVAILABLE"]),
};

export const noUnresolvedSources: SigmaCheck = {
  name: "no_unresolved_sources",
  description: "Everything that it reads is known.",
  isAbout: isSigma,
  answer: noDiagnostics([
    "LINEAGE_UNAVAILABLE",
    "SOURCE_UNRESOLVED",
    "CUSTOM_SQL_WITHOUT_TEXT",
    "DATASET_SOURCES_UNAVAILABLE",
  ]),
};

export const noArchivedUpstream: SigmaCheck = {
  name: "no_archived_upstream",
  description: "Nothing that it reads is archived.",
  isAbout: isSigma,
  answer: (spec, { specOf }) => {
    const archived = spec.deps.filter(({ assetKey }) => specOf(assetKey)?.presentation?.isArchived === true);
    if (archived.length === 0) return { passed: true };
    const names = archived.map(({ assetKey }) => assetKey.toUserString()).join(", ");
    return { passed: false, description: `It reads what is archived: ${names}.` };
  },
};

/** @param days for how long nobody may have changed it */
export function notStaleFor(days: number): SigmaCheck {
  return {
    name: "not_stale",
    description: `Somebody changed it within the last ${days} days.`,
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

export interface SigmaAssetChecksOptions
  extends Partial<Pick<SensorOptions, "name" | "minimumIntervalSeconds" | "defaultStatus">> {
  /** The assets to ask about. */
  readonly assets: readonly AssetSpec[];
  /** All that need no setting when left out. */
  readonly checks?: readonly SigmaCheck[];
  /** Evaluations of one tick; the rest follows with the next ones. 200 when left out. */
  readonly maxEvaluationsPerTick?: number;
}

/**
 * Checks of Sigma assets, and the sensor that evaluates them: after each load of the definitions, and once a day.
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
      description: "Answers the checks of Sigma assets.",
      minimumIntervalSeconds: options.minimumIntervalSeconds ?? 60,
      defaultStatus: options.defaultStatus ?? "running",
      evaluate: (context) => evaluate(asked, context, options.maxEvaluationsPerTick ?? 200),
    }),
  };
}

type Asked = { readonly check: SigmaCheck; readonly spec: AssetSpec };

/** The cursor says for which load and day how many were answered. */
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
  if (next.length === 0) return { skipMessage: "Every check was answered since the last load." };
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
