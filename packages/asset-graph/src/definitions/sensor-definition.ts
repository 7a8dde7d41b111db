import type { AssetCheckEvaluation, AssetMaterialization, AssetObservation } from "../assets/asset-events.ts";
import { checkName } from "../assets/definition-name.ts";
import { type Metadata, normalizeMetadata, type RawMetadata } from "../metadata/normalize-metadata.ts";
import type { DefinedAssets } from "./defined-assets.ts";

/** What a sensor is told when Dagster's daemon asks it. */
export interface SensorContext {
  /** What the last evaluation that succeeded left; null at first. */
  readonly cursor: string | null;
  /** When the last one was done; null at first. */
  readonly lastTickAt: Date | null;
  /** Of the code location that the sensor is part of. */
  readonly definitions: DefinedAssets;
  /** Aborted shortly before Dagster stops waiting (60 s): do the rest next time, by the cursor. */
  readonly signal: AbortSignal;
}

/** What a sensor found. The same may be asked again when something fails after it: report what does no harm twice. */
export interface SensorResult {
  readonly assetEvents?: readonly (AssetObservation | AssetMaterialization | AssetCheckEvaluation)[];
  /** Handed to the next evaluation; that of now stays when left out. */
  readonly cursor?: string;
  /** Shown where there is nothing to report. */
  readonly skipMessage?: string;
}

export interface SensorOptions {
  readonly name: string;
  readonly evaluate: (context: SensorContext) => SensorResult | Promise<SensorResult>;
  readonly description?: string | null;
  /** Seconds between two evaluations, at least; 30 when left out, as in Dagster. */
  readonly minimumIntervalSeconds?: number;
  /** Whether it runs before somebody switches it on; `stopped` when left out, as in Dagster. */
  readonly defaultStatus?: "running" | "stopped";
  readonly tags?: Readonly<Record<string, string>>;
  readonly metadata?: RawMetadata;
}

/** Something that Dagster's daemon asks again and again whether there is news. */
export class SensorDefinition {
  readonly name: string;
  readonly evaluate: SensorOptions["evaluate"];
  readonly description: string | null;
  readonly minimumIntervalSeconds: number;
  readonly defaultStatus: "running" | "stopped";
  readonly tags: Readonly<Record<string, string>>;
  readonly metadata: Metadata;

  /** @throws AssetGraphError `INVALID_DEFINITIONS` for a name that Dagster would refuse */
  constructor(options: SensorOptions) {
    this.name = checkName("sensor", options.name);
    this.evaluate = options.evaluate;
    this.description = options.description ?? null;
    this.minimumIntervalSeconds = options.minimumIntervalSeconds ?? 30;
    this.defaultStatus = options.defaultStatus ?? "stopped";
    this.tags = options.tags ?? {};
    this.metadata = normalizeMetadata(options.metadata ?? {});
  }
}
