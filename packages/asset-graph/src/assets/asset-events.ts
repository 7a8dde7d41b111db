import { InvalidAssetSpecError } from "../errors.ts";
import { AssetKey, type CoercibleToAssetKey } from "../keys/asset-key.ts";
import { dagsterPrefix } from "../metadata/metadata-labels.ts";
import { type Metadata, normalizeMetadata, type RawMetadata } from "../metadata/normalize-metadata.ts";
import { isValidTag } from "./asset-spec-rules.ts";

interface AssetEventOptions {
  readonly assetKey: CoercibleToAssetKey;
  readonly description?: string | null;
  readonly metadata?: RawMetadata;
  readonly partition?: string | null;
  /**
   * Identifies the current content of the data; Dagster compares it to decide whether downstream assets are out of
   * date.
   */
  readonly dataVersion?: string | null;
  readonly tags?: Readonly<Record<string, string>>;
}

class AssetEvent {
  readonly assetKey: AssetKey;
  readonly description: string | null;
  readonly metadata: Metadata;
  readonly partition: string | null;
  readonly dataVersion: string | null;
  readonly tags: Readonly<Record<string, string>>;

  /** @throws InvalidAssetKeyError, InvalidMetadataError; InvalidAssetSpecError for tags that Dagster would reject */
  constructor(options: AssetEventOptions) {
    this.assetKey = AssetKey.from(options.assetKey);
    this.description = options.description ?? null;
    this.metadata = normalizeMetadata(options.metadata ?? {});
    this.partition = options.partition ?? null;
    this.dataVersion = options.dataVersion ?? null;
    this.tags = checkTags(this.assetKey, options.tags ?? {});
  }
}

/**
 * Checks tags early: for a single invalid tag, Dagster rejects all events of a sensor evaluation with an unhelpful
 * message.
 */
function checkTags(key: AssetKey, tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [tag, value] of Object.entries(tags))
    if (!tag.startsWith(dagsterPrefix) && !isValidTag(tag, value))
      throw new InvalidAssetSpecError(
        `An event of "${key.toUserString()}" has the tag ${JSON.stringify(tag)}: ${JSON.stringify(value)}.`,
        "Tag keys and values have up to 63 letters, digits, '_', '-' and '.'; a key may have one namespace before a '/'.",
      );
  return tags;
}

/** Reports that an asset was observed. Dagster timestamps it when it is reported. */
export class AssetObservation extends AssetEvent {
  readonly type = "observation" as const;
}

/** Reports that an asset was materialized, by Dagster or by another system. */
export class AssetMaterialization extends AssetEvent {
  readonly type = "materialization" as const;
}

/** The result of an asset check. Dagster shows it only if the check is declared. */
export class AssetCheckEvaluation {
  readonly type = "checkEvaluation" as const;
  readonly assetKey: AssetKey;
  readonly checkName: string;
  readonly passed: boolean;
  readonly severity: "warn" | "error";
  readonly description: string | null;
  readonly metadata: Metadata;

  constructor(options: {
    readonly assetKey: CoercibleToAssetKey;
    readonly checkName: string;
    readonly passed: boolean;
    /** Severity of a failed check. Default: `error`. */
    readonly severity?: "warn" | "error";
    readonly description?: string | null;
    readonly metadata?: RawMetadata;
  }) {
    this.assetKey = AssetKey.from(options.assetKey);
    this.checkName = options.checkName;
    this.passed = options.passed;
    this.severity = options.severity ?? "error";
    this.description = options.description ?? null;
    this.metadata = normalizeMetadata(options.metadata ?? {});
  }
}
