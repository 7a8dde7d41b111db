import type { EnvVarReference } from "./env-var.ts";

/** A field of a resource's configuration. */
export interface ResourceConfigValue {
  readonly name: string;
  /** The text, or the environment variable that contains it; null for a secret. */
  readonly value: string | EnvVarReference | null;
}

/** How a resource is configured, for the *Resources* tab of Dagster. Contains no secrets. */
export interface ResourceDescription {
  /** Name of its class. */
  readonly type: string;
  readonly description: string;
  readonly config: readonly ResourceConfigValue[];
}

/** A resource that describes itself. Other resources are not shown. */
export interface DescribedResource {
  readonly describeResource: () => ResourceDescription;
}

/** Whether a resource describes itself. */
export function isDescribedResource(value: unknown): value is DescribedResource {
  return (
    typeof value === "object" &&
    value !== null &&
    "describeResource" in value &&
    typeof value.describeResource === "function"
  );
}
