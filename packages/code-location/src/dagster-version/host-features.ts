import { CodeLocationConfigurationError } from "../errors.ts";

/** Features of the Dagster that loads a code location. Dagster neither reports nor checks its version. */
export interface HostFeatures {
  /** Maximum number of kinds per asset. */
  readonly maxKinds: number;
  /** Whether groups may be nested, with `/` between their names. */
  readonly hasNestedGroups: boolean;
  /** Whether `dagster/storage_kind` is supported. */
  readonly hasStorageKind: boolean;
  readonly hasFreshnessPolicies: boolean;
}

/** Features by minimum version, newest first. */
const table: readonly (readonly [since: readonly [number, number], features: HostFeatures])[] = [
  [[1, 13], { maxKinds: 10, hasNestedGroups: true, hasStorageKind: true, hasFreshnessPolicies: true }],
  [[1, 11], { maxKinds: 3, hasNestedGroups: false, hasStorageKind: false, hasFreshnessPolicies: true }],
  [[1, 9], { maxKinds: 3, hasNestedGroups: false, hasStorageKind: false, hasFreshnessPolicies: false }],
];

/** The version of Dagster assumed by default. */
export const defaultDagsterVersion = "1.13";

/**
 * The features of a Dagster version.
 *
 * @param version `1.13` or `1.13.27`
 * @throws ConfigurationError `DAGSTER_VERSION_INVALID` if the version cannot be parsed or is older than 1.9
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
    `${JSON.stringify(version)} is not a version of Dagster that can load this code location.`,
    "Use a version such as 1.13; the oldest supported version is 1.9.",
  );
}
