import { type AssetCheckSpec, type AssetSpec, opName } from "@dagster-sigma/asset-graph";

/** Name of Dagster's implicit job for all assets of a location. */
export const assetJob = "__ASSET_JOB";

/** Names of the output and the inputs of an op, as in the Python module `dagster_typescript`. */
export const assetOutput = "result";
export const inputName = (number: number): string => `dep_${number}`;
export const checkOutput = (check: string): string => `check_${check}`;

/** An asset that runs, as plain data: what jobs and plans contain of it. */
export interface RunnableAsset {
  /** Segments of the key. */
  readonly key: readonly string[];
  readonly op: string;
  readonly description: string | null;
  /** Keys of all upstream assets. */
  readonly deps: readonly (readonly string[])[];
  /** Names of checks whose results its code returns. */
  readonly checks: readonly string[];
}

/** Identity of a key, given its segments. */
export function keyId(key: readonly string[]): string {
  return JSON.stringify(key);
}

/** The assets that have code, in the order of the definitions. */
export function runnableAssets(
  specs: readonly AssetSpec[],
  checks: readonly AssetCheckSpec[],
): readonly RunnableAsset[] {
  return specs.flatMap((spec) => {
    const { execution, key } = spec;
    if (execution === null) return [];
    const names = execution.checks ?? [];
    return [
      {
        key: key.path,
        op: opName(key),
        description: spec.description || null,
        deps: spec.deps.map(({ assetKey }) => assetKey.path),
        checks: checks
          .filter(({ assetKey, name }) => assetKey.equals(key) && names.includes(name))
          .map(({ name }) => name),
      },
    ];
  });
}
