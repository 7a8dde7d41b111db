import { enumMember, type WireRecord, type WireValue } from "../wire/wire-record.ts";

/** A config type (dagster 1.13.27, `ConfigTypeSnap`). `more` has the fields that are not null. */
export function configTypeRecord(
  key: string,
  kind: string,
  more: Readonly<Record<string, WireValue>> = {},
): WireRecord {
  return {
    __class__: "ConfigTypeSnap",
    key,
    kind: enumMember(`ConfigTypeKind.${kind}`),
    given_name: null,
    description: null,
    enum_values: null,
    fields: null,
    scalar_kind: null,
    type_param_keys: null,
    ...more,
  };
}

/** A field of a config type (`ConfigFieldSnap`). It is required, unless `more` says otherwise. */
export function configFieldRecord(
  name: string,
  typeKey: string,
  more: Readonly<Record<string, WireValue>> = {},
): WireRecord {
  return {
    __class__: "ConfigFieldSnap",
    name,
    type_key: typeKey,
    is_required: true,
    default_provided: false,
    default_value_as_json_str: null,
    description: null,
    ...more,
  };
}
