import { DagsterSigmaError } from "@dagster-sigma/foundation";

/** Error codes of this package and what each means; `docs/reference/errors.md` is checked against it. */
export const assetGraphErrorCodes = {
  INVALID_ASSET_KEY: "An asset key has no segment, an empty segment or a control character.",
  INVALID_ASSET_SPEC:
    "An owner, tag, kind, group, freshness policy or dependency of an asset breaks one of Dagster's rules.",
  INVALID_METADATA: "A metadata value has no Dagster type, or is not valid for the type it was given.",
  INVALID_DEFINITIONS: "Definitions hold something that is not an asset spec.",
  DUPLICATE_ASSET_KEY: "Two assets of one graph have the same key.",
  DEPENDENCY_CYCLE: "Assets depend on each other in a circle.",
  RESOURCE_CONFLICT: "Merged definitions give one resource key to two different resources.",
  SELECTION_SYNTAX: "A selection of assets is not written as Dagster's selection syntax asks.",
  SELECTION_NEEDS_INSTANCE: "A selection asks for something that only a running Dagster knows.",
  ENV_VAR_MISSING: "An environment variable that an EnvVar names is not set.",
} as const;

type AssetGraphErrorCode = keyof typeof assetGraphErrorCodes;

/** A definition breaks one of the rules of the asset graph. */
export class AssetGraphError extends DagsterSigmaError {
  constructor(code: AssetGraphErrorCode, message: string, hint?: string) {
    super({ code, message, hint });
  }
}

export class InvalidAssetKeyError extends AssetGraphError {
  constructor(message: string, hint?: string) {
    super("INVALID_ASSET_KEY", message, hint);
  }
}

export class InvalidAssetSpecError extends AssetGraphError {
  constructor(message: string, hint?: string) {
    super("INVALID_ASSET_SPEC", message, hint);
  }
}

export class InvalidMetadataError extends AssetGraphError {
  constructor(message: string, hint?: string) {
    super("INVALID_METADATA", message, hint);
  }
}
