import {
  AssetCheckSpec,
  type AssetSpec,
  SensorDefinition,
  type SensorOptions,
} from "@dagster-sigma/asset-graph";
import { sigmaObjectOf } from "../derive/translate/sigma-object.ts";
import { CheckSensor } from "./check-sensor.ts";
import { sensorName } from "./sensor-name.ts";
import type { SigmaCheck } from "./sigma-check.ts";

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
    "LINEAGE_EMPTY",
    "SOURCE_UNRESOLVED",
    "TABLE_NOT_LISTED",
    "DATASET_NOT_LISTED",
    "DATA_MODEL_NOT_LISTED",
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
      // The same every day, so that it is not reported every day as a new result.
      const date = new Date(updatedAt * 1_000).toISOString().slice(0, 10);
      return { passed, severity: "warn", description: `Last changed on ${date}.` };
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
  /** Maximum number of results reported per evaluation; the rest follow in the next ones (default: 5,000). */
  readonly maxEvaluationsPerTick?: number;
}

/**
 * Creates asset checks for Sigma assets and the sensor that evaluates them: after each load of the definitions, and once an
 * hour. Initially, it reports all results, then those that changed, and once a day all of them.
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
  const sensor = new CheckSensor(asked, options.maxEvaluationsPerTick ?? 5_000);
  const assetChecks = asked.map(
    ({ check, spec }) =>
      new AssetCheckSpec({ name: check.name, asset: spec.key, description: check.description }),
  );
  return {
    assetChecks,
    sensor: new SensorDefinition({
      ...sensorName(options.name, "sigma_checks", () =>
        options.assets.flatMap(({ origin }) => origin?.load ?? []),
      ),
      description: "Reports the results of the checks of Sigma assets that changed, and all once a day.",
      minimumIntervalSeconds: options.minimumIntervalSeconds ?? 60,
      defaultStatus: options.defaultStatus ?? "running",
      checks: assetChecks,
      evaluate: (context) => sensor.evaluate(context),
    }),
  };
}
