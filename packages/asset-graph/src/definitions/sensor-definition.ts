import type { Logger } from "@dagster-sigma/foundation";
import type { AssetCheckSpec } from "../assets/asset-check-spec.ts";
import type { AssetCheckEvaluation, AssetMaterialization, AssetObservation } from "../assets/asset-events.ts";
import { checkName } from "../assets/definition-name.ts";
import { type Metadata, normalizeMetadata, type RawMetadata } from "../metadata/normalize-metadata.ts";
import type { DefinedAssets } from "./defined-assets.ts";

/** Passed to a sensor when Dagster's daemon evaluates it. */
export interface SensorContext {
  /** The cursor of the last successful evaluation; null at first. */
  readonly cursor: string | null;
  /** Time of the last evaluation; null at first. */
  readonly lastTickAt: Date | null;
  /** The definitions of the code location that the sensor belongs to. */
  readonly definitions: DefinedAssets;
  /**
   * Aborted shortly before Dagster stops waiting (60 s): leave the rest to the next evaluation, by means of the
   * cursor.
   */
  readonly signal: AbortSignal;
  /** Log of the tick. Dagster shows it if the code location runs a worker (`serve --runs worker`). */
  readonly log: Logger;
}

/**
 * The result of a sensor evaluation. If something fails afterwards, it may be evaluated again with the same cursor:
 * make reports idempotent.
 */
export interface SensorResult {
  /** Events to report to Dagster's event log. Default: none. */
  readonly assetEvents?: readonly (AssetObservation | AssetMaterialization | AssetCheckEvaluation)[];
  /** Cursor for the next evaluation; unchanged when omitted. */
  readonly cursor?: string;
  /** Shown when there is nothing to report. */
  readonly skipMessage?: string;
}

/** Constructor options of {@link SensorDefinition}. */
export interface SensorOptions {
  /** Unique among sensors; letters, digits and underscores. */
  readonly name: string;
  /**
   * Returns the name to use if several sensors of the definitions have the name `name`; null for none. Called when the
   * definitions are created. Default: none.
   */
  readonly distinctName?: () => string | null;
  /** Called by Dagster's daemon. A thrown error fails the tick and leaves the cursor unchanged. */
  readonly evaluate: (context: SensorContext) => SensorResult | Promise<SensorResult>;
  /** Shown in Dagster's web UI. Default: none. */
  readonly description?: string | null;
  /** Minimum number of seconds between evaluations. Default: 30, as in Dagster. */
  readonly minimumIntervalSeconds?: number;
  /** Whether the sensor runs before a user starts it. Default: `stopped`, as in Dagster. */
  readonly defaultStatus?: "running" | "stopped";
  /** Tags of the sensor. Default: none. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Metadata of the sensor. Default: none. */
  readonly metadata?: RawMetadata;
  /**
   * Checks whose results it reports, if evaluations that begin without a cursor report all of them. A Python code location shows only
   * these ones, and evaluates the sensor in this way when a user executes such a check. Default: none.
   */
  readonly checks?: readonly AssetCheckSpec[];
}

/** A sensor, which Dagster's daemon evaluates periodically. */
export class SensorDefinition {
  readonly name: string;
  /** The name before {@link SensorDefinition.distinguished}. */
  readonly commonName: string;
  readonly evaluate: SensorOptions["evaluate"];
  readonly description: string | null;
  readonly minimumIntervalSeconds: number;
  readonly defaultStatus: "running" | "stopped";
  readonly tags: Readonly<Record<string, string>>;
  readonly metadata: Metadata;
  readonly checks: readonly AssetCheckSpec[];
  readonly #options: SensorOptions;

  /** @throws AssetGraphError `INVALID_DEFINITIONS` for a name that Dagster would reject */
  constructor(options: SensorOptions) {
    this.#options = options;
    this.name = checkName("sensor", options.name);
    this.commonName = this.name;
    this.evaluate = options.evaluate;
    this.description = options.description ?? null;
    this.minimumIntervalSeconds = options.minimumIntervalSeconds ?? 30;
    this.defaultStatus = options.defaultStatus ?? "stopped";
    this.tags = options.tags ?? {};
    this.metadata = normalizeMetadata(options.metadata ?? {});
    this.checks = options.checks ?? [];
  }
  /** The sensor with its distinct name; the same sensor if it has none. */
  distinguished(): SensorDefinition {
    const name = this.#options.distinctName?.() ?? null;
    if (name === null || name === this.name) return this;
    const renamed = new SensorDefinition({ ...this.#options, name });
    return Object.assign(renamed, { commonName: this.commonName });
  }
}
