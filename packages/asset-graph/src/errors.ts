import { DagsterSigmaError } from "@dagster-sigma/foundation";

/** Error codes of this package and their meanings; `docs/reference/errors.md` is checked against it. */
export const assetGraphErrorCodes = {
  INVALID_ASSET_KEY: "An asset key has no segment, an empty segment or a control character.",
  INVALID_ASSET_SPEC:
    "An owner, tag, kind, group, freshness policy or dependency of an asset breaks one of Dagster's rules.",
  INVALID_AUTOMATION_CONDITION:
    "An argument of an automation condition is invalid, or its method does not apply to it.",
  INVALID_METADATA: "A metadata value has no Dagster type, or is not valid for its type.",
  INVALID_DEFINITIONS:
    "Definitions contain something that is not an asset spec, or a name that is invalid or used twice.",
  DUPLICATE_ASSET_KEY: "Two assets of one graph have the same key.",
  DEPENDENCY_CYCLE: "Asset dependencies form a cycle.",
  RESOURCE_CONFLICT: "Merged definitions give one resource key to two different resources.",
  SELECTION_SYNTAX: "An asset selection does not follow Dagster's selection syntax.",
  SELECTION_NEEDS_INSTANCE: "An asset selection uses an attribute that only a running Dagster can evaluate.",
  ENV_VAR_MISSING: "An environment variable referenced by an EnvVar is not set.",
} as const;

type AssetGraphErrorCode = keyof typeof assetGraphErrorCodes;

/** A definition violates a rule of the asset graph. */
export class AssetGraphError extends DagsterSigmaError {
  constructor(code: AssetGraphErrorCode, message: string, hint?: string) {
    super({ code, message, hint });
  }
}

/** An asset key is invalid. Its code is `INVALID_ASSET_KEY`. */
export class InvalidAssetKeyError extends AssetGraphError {
  constructor(message: string, hint?: string) {
    super("INVALID_ASSET_KEY", message, hint);
  }
}

/** An attribute of an asset spec violates one of Dagster's rules. Its code is `INVALID_ASSET_SPEC`. */
export class InvalidAssetSpecError extends AssetGraphError {
  constructor(message: string, hint?: string) {
    super("INVALID_ASSET_SPEC", message, hint);
  }
}

/** A metadata value has no Dagster type, or is not valid for its type. Its code is `INVALID_METADATA`. */
export class InvalidMetadataError extends AssetGraphError {
  constructor(message: string, hint?: string) {
    super("INVALID_METADATA", message, hint);
  }
}
