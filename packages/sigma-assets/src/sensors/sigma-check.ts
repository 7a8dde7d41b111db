import type { AssetSpec } from "@dagster-sigma/asset-graph";
import type { Diagnostic } from "@dagster-sigma/foundation";

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
