import { AssetGraphError } from "../errors.ts";
import type { JsonValue } from "../metadata/metadata-value.ts";

interface ConfigAttributes {
  /** Shown in Dagster's launchpad. */
  readonly description?: string;
  /** Used if the run config has no value. */
  readonly default?: JsonValue;
}

/**
 * The type of the config of a run, as a subset of JSON Schema. Dagster checks the config with it before a run is launched.
 * An object accepts only its properties, unless `additionalProperties` is true.
 */
export type ConfigSchema = ConfigAttributes &
  (
    | { readonly type: "string"; readonly enum?: readonly string[] }
    | { readonly type: "integer" | "number" | "boolean" }
    | { readonly type: "array"; readonly items?: ConfigSchema }
    | ConfigObjectSchema
  );

/** The type of an object. */
export interface ConfigObjectSchema extends ConfigAttributes {
  readonly type: "object";
  readonly properties?: Readonly<Record<string, ConfigSchema>>;
  /** Names of the properties that a run must set. Default: none. */
  readonly required?: readonly string[];
  /** Whether other properties are accepted. Default: false. */
  readonly additionalProperties?: boolean;
}

/** Whether a run must set config, because a required property has no default. */
export function isConfigRequired({
  default: value,
  properties = {},
  required = [],
}: ConfigObjectSchema): boolean {
  return value === undefined && required.some((name) => properties[name]?.default === undefined);
}

const types = new Set(["string", "integer", "number", "boolean", "array", "object"]);

/** @throws AssetGraphError `INVALID_DEFINITIONS` for a type that Dagster does not have */
export function checkConfigSchema(of: string, schema: ConfigSchema, place = "config"): void {
  if (!types.has(schema?.type))
    throw new AssetGraphError(
      "INVALID_DEFINITIONS",
      `The config schema of ${of} has the type ${JSON.stringify(schema?.type ?? null)} at ${place}.`,
      `Use one of ${[...types].join(", ")}.`,
    );
  if (schema.type === "array" && schema.items !== undefined)
    checkConfigSchema(of, schema.items, `${place}[]`);
  if (schema.type === "object")
    for (const [name, property] of Object.entries(schema.properties ?? {}))
      checkConfigSchema(of, property, `${place}.${name}`);
}
