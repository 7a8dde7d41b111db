import { type ConfigObjectSchema, type ConfigSchema, isConfigRequired } from "@dagster-sigma/asset-graph";
import { toPythonJson } from "../wire/python-json.ts";
import { enumMember, type WireRecord, type WireValue } from "../wire/wire-record.ts";
import { configFieldRecord, configTypeRecord } from "./config-type-record.ts";
import type { RunnableOp } from "./runnable-op.ts";

/** Config types of all runs. */
export const rootConfig = "Shape.root";
const anyObject = "Shape.any";
const opsConfig = "Shape.ops";

const scalars = { string: "String", integer: "Int", number: "Float", boolean: "Bool" } as const;

/**
 * The config types of a job (dagster 1.13.27, `ConfigSchemaSnapshot`): the sections that Dagster has, of which `ops` has the ops
 * with a config schema. So the host refuses wrong config, and not the process of the run.
 */
export function configSchemaRecord(ops: readonly RunnableOp[]): WireRecord {
  const types = new ConfigTypes();
  const withConfig = ops.filter(({ configSchema }) => configSchema !== null);
  const fields = withConfig.map((op) => {
    const key = types.addShape(`Shape.op.${op.op}`, [configField(op, types)]);
    const isRequired = isConfigRequired(schemaOf(op));
    return fieldRecord(op.op, key, { isRequired, value: isRequired ? null : {} });
  });
  types.addShape(opsConfig, fields);
  types.any();
  types.add(anyObject, "PERMISSIVE_SHAPE", { fields: [] });
  const isRequired = withConfig.some((op) => isConfigRequired(schemaOf(op)));
  const optional = { isRequired: false, value: {} };
  types.addShape(rootConfig, [
    fieldRecord("execution", anyObject, optional),
    fieldRecord("loggers", anyObject, optional),
    fieldRecord("ops", opsConfig, isRequired ? { isRequired, value: null } : optional),
    fieldRecord("resources", anyObject, optional),
  ]);
  return { __class__: "ConfigSchemaSnapshot", all_config_snaps_by_key: types.sorted() };
}

/** The field `config` of an op; null if it has none. */
export function opConfigRecord(op: RunnableOp): WireRecord | null {
  return op.configSchema === null ? null : configField(op, new ConfigTypes());
}

function schemaOf({ configSchema }: RunnableOp): ConfigObjectSchema {
  return configSchema ?? { type: "object" };
}

function configField(op: RunnableOp, types: ConfigTypes): WireRecord {
  const schema = schemaOf(op);
  const isRequired = isConfigRequired(schema);
  return fieldRecord("config", types.of(schema, op.op), {
    isRequired,
    value: isRequired ? null : defaultOf(schema),
    description: schema.description,
  });
}

/** Types by key, which need only be unique in the job: that of the config of an op is its name, and the path in it. */
class ConfigTypes {
  readonly #records = new Map<string, WireRecord>();

  sorted(): WireValue {
    return Object.fromEntries([...this.#records].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Key of the type of a schema. */
  of(schema: ConfigSchema, path: string): string {
    if (schema.type === "object") return this.#object(schema, path);
    if (schema.type === "array") {
      const item = schema.items === undefined ? this.any() : this.of(schema.items, `${path}.item`);
      return this.add(`Array.${path}`, "ARRAY", { type_param_keys: [item] });
    }
    if (schema.type === "string" && schema.enum !== undefined) {
      const values = schema.enum.map((value) => ({
        __class__: "ConfigEnumValueSnap",
        value,
        description: null,
      }));
      return this.add(`Enum.${path}`, "ENUM", { given_name: `Enum.${path}`, enum_values: values });
    }
    const name = scalars[schema.type];
    const scalar = enumMember(`ConfigScalarKind.${schema.type === "number" ? "FLOAT" : name.toUpperCase()}`);
    return this.add(name, "SCALAR", { given_name: name, scalar_kind: scalar });
  }

  addShape(key: string, fields: readonly WireRecord[]): string {
    return this.add(key, "STRICT_SHAPE", { fields: byName(fields) });
  }

  add(key: string, kind: string, more: Readonly<Record<string, WireValue>>): string {
    this.#records.set(key, configTypeRecord(key, kind, more));
    return key;
  }

  any(): string {
    return this.add("Any", "ANY", { given_name: "Any" });
  }

  #object(schema: ConfigObjectSchema, path: string): string {
    const { properties = {}, required = [], additionalProperties = false } = schema;
    const fields = Object.entries(properties).map(([name, property]) => {
      const isRequired = required.includes(name) && property.default === undefined;
      return fieldRecord(name, this.of(property, `${path}.${name}`), {
        isRequired,
        value: isRequired ? null : defaultOf(property),
        description: property.description,
      });
    });
    if (!additionalProperties) return this.addShape(`Shape.${path}`, fields);
    return this.add(`Permissive.${path}`, "PERMISSIVE_SHAPE", { fields: byName(fields) });
  }
}

/** The host sorts the fields before it computes the id of the snapshot. */
function byName(fields: readonly WireRecord[]): readonly WireRecord[] {
  return [...fields].sort((a, b) => (String(a["name"]) < String(b["name"]) ? -1 : 1));
}

/** The value of a field that a run does not set; null without one. */
function defaultOf(schema: ConfigSchema): WireValue {
  if (schema.default !== undefined) return schema.default;
  if (schema.type !== "object" || isConfigRequired(schema)) return null;
  return Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .map(([name, property]) => [name, defaultOf(property)] as const)
      .filter(([, value]) => value !== null),
  );
}

function fieldRecord(
  name: string,
  typeKey: string,
  field: {
    readonly isRequired: boolean;
    readonly value: WireValue;
    readonly description?: string | undefined;
  },
): WireRecord {
  const { isRequired, value, description } = field;
  return configFieldRecord(name, typeKey, {
    is_required: isRequired,
    default_provided: value !== null,
    default_value_as_json_str: value === null ? null : toPythonJson(value),
    description: description ?? null,
  });
}
