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
  readonly hasVirtualAssets: boolean;
  /** The version itself: automation conditions have many minimum versions. */
  readonly version: DagsterVersion;
}

/** Major, minor and patch version; without a patch version the last one, Infinity, is assumed. */
export type DagsterVersion = readonly [major: number, minor: number, patch: number];

type MinorFeatures = Omit<HostFeatures, "version">;

/** Features by minimum version, newest first. */
const table: readonly (readonly [since: readonly [number, number], features: MinorFeatures])[] = [
  [
    [1, 13],
    {
      maxKinds: 10,
      hasNestedGroups: true,
      hasStorageKind: true,
      hasFreshnessPolicies: true,
      hasVirtualAssets: true,
    },
  ],
  [
    [1, 11],
    {
      maxKinds: 3,
      hasNestedGroups: false,
      hasStorageKind: false,
      hasFreshnessPolicies: true,
      hasVirtualAssets: false,
    },
  ],
  [
    [1, 9],
    {
      maxKinds: 3,
      hasNestedGroups: false,
      hasStorageKind: false,
      hasFreshnessPolicies: false,
      hasVirtualAssets: false,
    },
  ],
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
  const [, major, minor, patch] = /^(\d+)\.(\d+)(?:\.(\d+))?$/.exec(version) ?? [];
  const found = table.find(
    ([[sinceMajor, sinceMinor]]) =>
      Number(major) > sinceMajor || (Number(major) === sinceMajor && Number(minor) >= sinceMinor),
  );
  if (found !== undefined) {
    const last = patch === undefined ? Number.POSITIVE_INFINITY : Number(patch);
    return { ...found[1], version: [Number(major), Number(minor), last] };
  }
  throw new CodeLocationConfigurationError(
    "DAGSTER_VERSION_INVALID",
    `${JSON.stringify(version)} is not a version of Dagster that can load this code location.`,
    "Use a version such as 1.13; the oldest supported version is 1.9.",
  );
}

/** Whether the host has a version or a newer one. */
export function isAtLeast(version: DagsterVersion, since: readonly number[]): boolean {
  for (const [index, part] of version.entries()) {
    const needed = since[index] ?? 0;
    if (part !== needed) return part > needed;
  }
  return true;
}
