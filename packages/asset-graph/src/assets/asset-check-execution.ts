import { type Metadata, normalizeMetadata, type RawMetadata } from "../metadata/normalize-metadata.ts";
import type { StepContext, StepSettings } from "./asset-execution.ts";

/** Passed to the code of a check. */
export interface AssetCheckExecutionContext extends StepContext {
  readonly checkName: string;
}

/** Code of a check, which is a step of its own. It is never serialized. */
export interface AssetCheckExecution extends StepSettings {
  /** Checks the asset. Rejects if that is impossible; with a `RetryRequested`, Dagster tries again. */
  readonly check: (context: AssetCheckExecutionContext) => AssetCheckResult | Promise<AssetCheckResult>;
}

/** The result of the code of a check. */
export class AssetCheckResult {
  readonly passed: boolean;
  readonly severity: "warn" | "error";
  readonly description: string | null;
  readonly metadata: Metadata;

  /** @throws InvalidMetadataError for metadata that Dagster would reject */
  constructor(options: {
    readonly passed: boolean;
    /** Severity of a failed check. Default: `error`. */
    readonly severity?: "warn" | "error";
    readonly description?: string | null;
    readonly metadata?: RawMetadata;
  }) {
    this.passed = options.passed;
    this.severity = options.severity ?? "error";
    this.description = options.description ?? null;
    this.metadata = normalizeMetadata(options.metadata ?? {});
  }
}
