import {
  type AssetSpec,
  EnvVarReference,
  isDescribedResource,
  isLoadReporting,
  type ResourceConfigValue,
  type ResourceDescription,
  type Resources,
} from "@dagster-sigma/asset-graph";
import { escapeReservedKeys } from "../wire/escape-reserved-keys.ts";
import { enumMember, type WireRecord, type WireValue } from "../wire/wire-record.ts";
import { assetKeyRecord } from "./asset-key-record.ts";
import { configFieldRecord, configTypeRecord } from "./config-type-record.ts";

/** Shown instead of a value that is not in a variable. */
const hidden = "(not shown)";

/**
 * The resources for Dagster's *Resources* tab (dagster 1.13.27, `ResourceSnap`, on the wire `ExternalResourceData`): their
 * configuration, and the assets that were loaded with them.
 */
export function resourceRecords(resources: Resources, assets: readonly AssetSpec[]): readonly WireRecord[] {
  return described(resources).map(([name, resource, description]) => {
    const reports = isLoadReporting(resource) ? new Set(resource.loadReports) : null;
    const used = assets.filter(({ origin }) => origin?.load != null && reports?.has(origin.load) === true);
    return resourceRecord(name, description, used);
  });
}

/** The variables that resources read, each with the resources. */
export function utilizedEnvVars(resources: Resources): WireValue {
  const consumers = new Map<string, WireRecord[]>();
  for (const [name, , { config }] of described(resources))
    for (const { value } of config)
      if (value instanceof EnvVarReference)
        consumers.set(value.name, [...(consumers.get(value.name) ?? []), consumer(name)]);
  return escapeReservedKeys(Object.fromEntries(consumers));
}

function consumer(name: string): WireRecord {
  return { __class__: "EnvVarConsumer", type: enumMember("EnvVarConsumerType.RESOURCE"), name };
}

function described(
  resources: Resources,
): readonly (readonly [name: string, resource: unknown, description: ResourceDescription])[] {
  return Object.entries(resources).flatMap(([name, resource]) =>
    isDescribedResource(resource) ? [[name, resource, resource.describeResource()] as const] : [],
  );
}

function resourceRecord(
  name: string,
  { type, description, config }: ResourceDescription,
  assets: readonly AssetSpec[],
): WireRecord {
  const fields = config.map((field) => configFieldRecord(field.name, "StringSourceType"));
  return {
    __class__: "ExternalResourceData",
    name,
    resource_snapshot: {
      __class__: "ResourceDefSnap",
      name,
      description,
      config_field_snap: configFieldRecord("config", "Config", { is_required: false, description }),
    },
    configured_values: escapeReservedKeys(
      Object.fromEntries(config.map((field) => [field.name, configuredValue(field)])),
    ),
    config_field_snaps: fields,
    config_schema_snap: {
      __class__: "ConfigSchemaSnapshot",
      all_config_snaps_by_key: {
        String: configTypeRecord("String", "SCALAR", {
          given_name: "String",
          scalar_kind: enumMember("ConfigScalarKind.STRING"),
        }),
        EnvVar: configTypeRecord("EnvVar", "SELECTOR", { fields: [configFieldRecord("env", "String")] }),
        StringSourceType: configTypeRecord("StringSourceType", "SCALAR_UNION", {
          type_param_keys: ["String", "EnvVar"],
        }),
        Config: configTypeRecord("Config", "STRICT_SHAPE", { fields }),
      },
    },
    nested_resources: {},
    parent_resources: {},
    resource_type: type,
    is_top_level: true,
    asset_keys_using: assets.map(({ key }) => assetKeyRecord(key)),
    job_ops_using: [],
    dagster_maintained: false,
    schedules_using: [],
    sensors_using: [],
  };
}

/** A text is JSON; a variable has a class of its own, so that Dagster shows its name. */
function configuredValue({ value }: ResourceConfigValue): WireValue {
  return value instanceof EnvVarReference
    ? { __class__: "ExternalResourceConfigEnvVar", name: value.name }
    : JSON.stringify(value ?? hidden);
}
