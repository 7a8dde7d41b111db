import type { Logger } from "@dagster-sigma/foundation";
import type { ConfigObjectSchema } from "../execution/config-schema.ts";
import type { AssetKey } from "../keys/asset-key.ts";
import type { JsonValue } from "../metadata/metadata-value.ts";
import { type Metadata, normalizeMetadata, type RawMetadata } from "../metadata/normalize-metadata.ts";
import type { AssetCheckEvaluation } from "./asset-events.ts";

/** Passed to the code of a step. */
export interface StepContext {
  readonly assetKey: AssetKey;
  /** The config of the step in this run, with defaults; empty without a {@link StepSettings.configSchema}. */
  readonly config: Readonly<Record<string, JsonValue>>;
  /** The resources of the definitions that the asset belongs to. */
  readonly resources: Readonly<Record<string, unknown>>;
  /** Aborted when the run is terminated. */
  readonly signal: AbortSignal;
  /** Log of the step. */
  readonly log: Logger;
}

/** Passed to the code that materializes an asset. */
export type AssetExecutionContext = StepContext;

/** Settings of the steps that execute code. */
export interface StepSettings {
  /** Name of the step's pool. Dagster limits how many steps of a pool run at the same time, in all runs. Default: none. */
  readonly pool?: string | null;
  /** The type of the config that a run may contain for the step. Default: none; Dagster then rejects config for it. */
  readonly configSchema?: ConfigObjectSchema | null;
}

/** Code that materializes an asset. It stays in the process that loaded the definitions, and is never serialized. */
export interface AssetExecution extends StepSettings {
  /** What the code does, as a phrase such as `materializes 2 elements in Sigma`. */
  readonly description: string;
  /** Names of declared checks of the asset whose results it returns. Default: none. */
  readonly checks?: readonly string[];
  /** Materializes the asset. Rejects if it fails; with a `RetryRequested`, Dagster tries again. */
  readonly materialize: (context: AssetExecutionContext) => Promise<MaterializeResult>;
}

/** The result of a materialization. */
export class MaterializeResult {
  readonly metadata: Metadata;
  /** Identifies the content of the data. Null if none is given; Dagster then generates one. */
  readonly dataVersion: string | null;
  readonly checkResults: readonly AssetCheckEvaluation[];

  /** @throws InvalidMetadataError for metadata that Dagster would reject */
  constructor(
    options: {
      /** Metadata of the event. Default: none. */
      readonly metadata?: RawMetadata;
      /** Default: none. */
      readonly dataVersion?: string | null;
      /** Results of the checks in {@link AssetExecution.checks}. Default: none. */
      readonly checkResults?: readonly AssetCheckEvaluation[];
    } = {},
  ) {
    this.metadata = normalizeMetadata(options.metadata ?? {});
    this.dataVersion = options.dataVersion ?? null;
    this.checkResults = options.checkResults ?? [];
  }
}
