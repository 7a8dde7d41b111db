import {
  type AssetCheckSpec,
  type AssetSpec,
  type ConfigObjectSchema,
  checkOpName,
  opName,
  type StepSettings,
} from "@dagster-sigma/asset-graph";

/** Name of Dagster's implicit job for all assets of a location. */
export const assetJob = "__ASSET_JOB";

/** Names of the output and the inputs of an op, as in the Python module `dagster_typescript`. */
export const assetOutput = "result";
export const inputName = (number: number): string => `dep_${number}`;
export const checkOutput = (check: string): string => `check_${check}`;

/** An op that materializes an asset, or executes a check, as plain data: what jobs and plans contain of it. */
export interface RunnableOp {
  readonly type: "asset" | "check";
  readonly op: string;
  /** Segments of the key of the asset. */
  readonly key: readonly string[];
  readonly description: string | null;
  /** Keys of all assets that it reads. */
  readonly deps: readonly (readonly string[])[];
  /** Names of the checks whose results its code returns. */
  readonly checks: readonly string[];
  readonly pool: string | null;
  readonly configSchema: ConfigObjectSchema | null;
}

/** Identity of a key, given its segments. */
export function keyId(key: readonly string[]): string {
  return JSON.stringify(key);
}

/** Identity of a check, given the segments of the key of its asset. */
export function checkId(key: readonly string[], name: string): string {
  return keyId([...key, name]);
}

/** The ops that materialize assets, by the {@link keyId} of the key. */
export function opsByKey(ops: readonly RunnableOp[]): ReadonlyMap<string, RunnableOp> {
  return new Map(ops.filter(({ type }) => type === "asset").map((op) => [keyId(op.key), op]));
}

/** Whether a run may end without a result of an op: one that also returns the results of checks can run without some of them. */
export function isOutputRequired({ type, checks }: RunnableOp): boolean {
  return type === "check" || checks.length === 0;
}

/** The assets and checks that have code, in the order of the definitions. */
export function runnableOps(
  specs: readonly AssetSpec[],
  checks: readonly AssetCheckSpec[],
): readonly RunnableOp[] {
  return [...specs.flatMap((spec) => assetOp(spec, checks)), ...checks.flatMap((check) => checkOp(check))];
}

/** The checks whose results the code of an asset returns. */
export function returnedChecks(
  { key, execution }: AssetSpec,
  checks: readonly AssetCheckSpec[],
): readonly AssetCheckSpec[] {
  const names = execution?.checks ?? [];
  if (names.length === 0) return [];
  return checks.filter(
    (check) => check.execution === null && check.assetKey.equals(key) && names.includes(check.name),
  );
}

function assetOp(spec: AssetSpec, checks: readonly AssetCheckSpec[]): readonly RunnableOp[] {
  const { execution, key } = spec;
  if (execution === null) return [];
  return [
    {
      type: "asset",
      op: opName(key),
      key: key.path,
      description: spec.description || null,
      deps: spec.deps.map(({ assetKey }) => assetKey.path),
      checks: returnedChecks(spec, checks).map(({ name }) => name),
      ...settings(execution),
    },
  ];
}

function checkOp({ assetKey, name, description, execution }: AssetCheckSpec): readonly RunnableOp[] {
  if (execution === null) return [];
  return [
    {
      type: "check",
      op: checkOpName(assetKey, name),
      key: assetKey.path,
      description,
      deps: [assetKey.path],
      checks: [name],
      ...settings(execution),
    },
  ];
}

function settings({ pool, configSchema }: StepSettings): Pick<RunnableOp, "pool" | "configSchema"> {
  return { pool: pool ?? null, configSchema: configSchema ?? null };
}
