import { CodeLocationConfigurationError } from "../errors.ts";

/** What the Dagster that loads a code location can hold. It does not tell its version, and does not check. */
export interface HostFeatures {
  /** Most kinds of an asset. */
  readonly maxKinds: number;
  /** Whether groups may lie in groups, with `/` between their names. */
  readonly hasNestedGroups: boolean;
  /** Whether `dagster/storage_kind` is known. */
  readonly hasStorageKind: boolean;
  readonly hasFreshnessPolicies: boolean;
}

/** From which version on a host has what, the newest first. */
const table: readonly (readonly [since: readonly [number, number], features: HostFeatures])[] = [
  [[1, 13], { maxKinds: 10, hasNestedGroups: true, hasStorageKind: true, hasFreshnessPolicies: true }],
  [[1, 11], { maxKinds: 3, hasNestedGroups: false, hasStorageKind: false, hasFreshnessPolicies: true }],
  [[1, 9], { maxKinds: 3, hasNestedGroups: false, hasStorageKind: false, hasFreshnessPolicies: false }],
];

export const defaultDagsterVersion = "1.13";

/**
 * @param version `1.13` or `1.13.27`
 * @throws ConfigurationError `DAGSTER_VERSION_INVALID` for what is no version, or one older than 1.9
 */
export function hostFeatures(version: string): HostFeatures {
  const [, major, minor] = /^(\d+)\.(\d+)(?:\.\d+)?$/.exec(version) ?? [];
  const found = table.find(
    ([[sinceMajor, sinceMinor]]) =>
      Number(major) > sinceMajor || (Number(major) === sinceMajor && Number(minor) >= sinceMinor),
  );
  if (found !== undefined) return found[1];
  throw new CodeLocationConfigurationError(
    "DAGSTER_VERSION_INVALID",
    `${JSON.stringify(version)} is no version of Dagster that can load this code location.`,
    "Write it as 1.13; 1.9 is the oldest.",
  );
}
