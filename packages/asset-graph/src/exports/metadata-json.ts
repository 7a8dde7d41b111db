import type { JsonValue, MetadataType, MetadataValue } from "../metadata/metadata-value.ts";
import type { Metadata } from "../metadata/normalize-metadata.ts";
import type { TableColumnLineage } from "../metadata/table-column-lineage.ts";
import type { TableColumn, TableSchema } from "../metadata/table-schema.ts";

/** The types known to Dagster Pipes; others are exported as `json`. */
export type PipesMetadataType = Exclude<MetadataType, "job" | "pool" | "python_artifact" | "code_references">;

/** Exported metadata by label: each value with its type, as in Dagster Pipes. */
export type MetadataJson = Readonly<
  Record<string, { readonly type: PipesMetadataType; readonly value: JsonValue }>
>;

/** Exports metadata in order of its labels. Numbers that JSON cannot represent (NaN, infinities) become null. */
export function metadataToJson(metadata: Metadata): MetadataJson {
  return Object.fromEntries(Object.entries(metadata).map(([label, value]) => [label, valueToJson(value)]));
}

function valueToJson(metadata: MetadataValue): MetadataJson[string] {
  switch (metadata.type) {
    case "float":
      return { type: "float", value: Number.isFinite(metadata.value) ? metadata.value : null };
    case "table":
      return {
        type: "table",
        value: { records: metadata.value.records, schema: tableSchemaToJson(metadata.value.schema) },
      };
    case "table_schema":
      return { type: "table_schema", value: tableSchemaToJson(metadata.value) };
    case "table_column_lineage":
      return { type: "table_column_lineage", value: columnLineageToJson(metadata.value) };
    case "asset":
      return { type: "asset", value: metadata.value.path };
    case "job":
      return { type: "json", value: { ...metadata.value } };
    case "python_artifact":
      return { type: "json", value: { ...metadata.value } };
    case "code_references":
      return { type: "json", value: metadata.value.map((reference) => ({ ...reference })) };
    case "pool":
      return { type: "json", value: metadata.value };
    default:
      return { type: metadata.type, value: metadata.value };
  }
}

/** Constraints and tags are included only if they differ from Dagster's defaults. */
function tableSchemaToJson(schema: TableSchema): JsonValue {
  return {
    columns: schema.columns.map(columnToJson),
    ...(schema.constraints.length > 0 ? { constraints: { other: schema.constraints } } : {}),
  };
}

function columnToJson(column: TableColumn): JsonValue {
  const { name, type, description, constraints, tags } = column;
  const isDefault = constraints.nullable && !constraints.unique && constraints.other.length === 0;
  return {
    name,
    type,
    description,
    ...(isDefault ? {} : { constraints: { ...constraints } }),
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
  };
}

function columnLineageToJson(lineage: TableColumnLineage): JsonValue {
  return {
    deps_by_column: Object.fromEntries(
      Object.entries(lineage.depsByColumn).map(([column, deps]) => [
        column,
        deps.map((dep) => ({ asset_key: dep.assetKey.path, column_name: dep.columnName })),
      ]),
    ),
  };
}
