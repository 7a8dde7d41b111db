import type { JsonValue } from "@dagster-sigma/asset-graph";

/** A step of a run, as the context of Dagster Pipes describes it. */
export interface StepRequest {
  /** Segments of the key of the asset to materialize or to check. */
  readonly assetKey: readonly string[];
  /** Names of the selected checks of the asset. */
  readonly checks: readonly string[];
  /** Name of the check to execute; null to materialize the asset. */
  readonly check: string | null;
  readonly config: Readonly<Record<string, JsonValue>>;
  /** Expected result of `executionDigest`; null if the digests are not to be compared. */
  readonly digest: string | null;
  readonly runId: string;
  /** Retries of the step so far. */
  readonly retryNumber: number;
}

/**
 * Reads the context of Dagster Pipes (dagster 1.13.27, `dagster-pipes`, `PipesContextData`).
 *
 * @throws Error if it does not name one asset
 */
export function parseStepRequest(context: unknown): StepRequest {
  const { run_id, retry_number, asset_keys, extras } = isRecord(context) ? context : {};
  const { asset_key, check, checks, config, digest } = isRecord(extras) ? extras : {};
  const assetKey = texts(asset_key) ?? onlyKey(texts(asset_keys) ?? []);
  if (assetKey === null) throw new Error("The context of the step does not name exactly one asset.");
  return {
    assetKey,
    checks: texts(checks) ?? [],
    check: typeof check === "string" ? check : null,
    // The context was parsed from JSON, so its values are JSON values.
    config: isRecord(config) ? (config as Readonly<Record<string, JsonValue>>) : {},
    digest: typeof digest === "string" ? digest : null,
    runId: typeof run_id === "string" ? run_id : "",
    retryNumber: typeof retry_number === "number" ? retry_number : 0,
  };
}

/** Pipes joins the segments of a key with `/`, and writes a `/` in a segment as `\/`. */
function onlyKey([only, ...others]: readonly string[]): readonly string[] | null {
  if (only === undefined || others.length > 0) return null;
  return only.split(/(?<!\\)\//).map((segment) => segment.replaceAll("\\/", "/"));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function texts(value: unknown): readonly string[] | null {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : null;
}
