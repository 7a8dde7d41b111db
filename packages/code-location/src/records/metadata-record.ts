import type {
  CodeReference,
  Metadata,
  MetadataValue,
  TableColumnLineage,
  TableSchema,
} from "@dagster-sigma/asset-graph";
import {
  escapeReservedKeys,
  escapeReservedKeysDeep,
  escapeReservedTags,
} from "../wire/escape-reserved-keys.ts";
import { Float, type WireRecord, type WireValue } from "../wire/wire-record.ts";
import { assetKeyRecord } from "./asset-key-record.ts";

/** Metadata of an asset or event: a list of `EventMetadataEntry`. */
export function metadataEntries(metadata: Metadata): readonly WireRecord[] {
  return Object.entries(metadata).map(([label, value]) => ({
    __class__: "EventMetadataEntry",
    label,
    description: null,
    entry_data: metadataRecord(value),
  }));
}

/** Metadata of a sensor or check evaluation: values by label. */
export function metadataByLabel(metadata: Metadata): Readonly<Record<string, WireValue>> {
  const records = Object.entries(metadata).map(([label, value]) => [label, metadataRecord(value)] as const);
  return escapeReservedKeys(Object.fromEntries(records));
}

/** Encodes a metadata value as its wire class (dagster 1.13.27, `_core/definitions/metadata/metadata_value.py`). */
function metadataRecord(metadata: MetadataValue): WireRecord {
  switch (metadata.type) {
    case "text":
      return { __class__: "TextMetadataEntryData", text: metadata.value };
    case "url":
      return { __class__: "UrlMetadataEntryData", url: metadata.value };
    case "path":
      return { __class__: "PathMetadataEntryData", path: metadata.value };
    case "notebook":
      return { __class__: "NotebookMetadataEntryData", path: metadata.value };
    case "md":
      return { __class__: "MarkdownMetadataEntryData", md_str: metadata.value };
    case "json":
      return { __class__: "JsonMetadataEntryData", data: escapeReservedKeysDeep(metadata.value) };
    case "int":
      return { __class__: "IntMetadataEntryData", value: metadata.value };
    case "float":
      return { __class__: "FloatMetadataEntryData", value: new Float(metadata.value) };
    case "bool":
      return { __class__: "BoolMetadataEntryData", value: metadata.value };
    case "null":
      return { __class__: "NullMetadataEntryData" };
    case "timestamp":
      return { __class__: "TimestampMetadataValue", value: new Float(metadata.value) };
    case "asset":
      return { __class__: "DagsterAssetMetadataEntryData", asset_key: assetKeyRecord(metadata.value) };
    case "dagster_run":
      return { __class__: "DagsterPipelineRunMetadataEntryData", run_id: metadata.value };
    case "job": {
      const { jobName, locationName, repositoryName } = metadata.value;
      return {
        __class__: "DagsterJobMetadataValue",
        job_name: jobName,
        location_name: locationName,
        repository_name: repositoryName,
      };
    }
    case "pool":
      return { __class__: "PoolMetadataValue", pool: metadata.value };
    case "python_artifact":
      return { __class__: "PythonArtifactMetadataEntryData", ...metadata.value };
    case "table":
      return {
        __class__: "TableMetadataEntryData",
        records: metadata.value.records.map((data) => ({
          __class__: "TableRecord",
          data: escapeReservedKeys(data),
        })),
        schema: tableSchemaRecord(metadata.value.schema),
      };
    case "table_schema":
      return { __class__: "TableSchemaMetadataEntryData", schema: tableSchemaRecord(metadata.value) };
    case "table_column_lineage":
      return {
        __class__: "TableColumnLineageMetadataValue",
        column_lineage: columnLineageRecord(metadata.value),
      };
    case "code_references":
      return {
        __class__: "CodeReferencesMetadataValue",
        code_references: metadata.value.map(codeReferenceRecord),
      };
  }
}

function tableSchemaRecord({ columns, constraints }: TableSchema): WireRecord {
  return {
    __class__: "TableSchema",
    columns: columns.map(({ name, type, description, constraints: ofColumn, tags }) => ({
      __class__: "TableColumn",
      name,
      type,
      description,
      constraints: {
        __class__: "TableColumnConstraints",
        nullable: ofColumn.nullable,
        unique: ofColumn.unique,
        other: ofColumn.other,
      },
      tags: escapeReservedTags(tags),
    })),
    constraints: { __class__: "TableConstraints", other: constraints },
  };
}

function columnLineageRecord({ depsByColumn }: TableColumnLineage): WireRecord {
  const deps = Object.entries(depsByColumn).map(
    ([column, from]) =>
      [
        column,
        from.map(({ assetKey, columnName }) => ({
          __class__: "TableColumnDep",
          asset_key: assetKeyRecord(assetKey),
          column_name: columnName,
        })),
      ] as const,
  );
  return { __class__: "TableColumnLineage", deps_by_column: escapeReservedKeys(Object.fromEntries(deps)) };
}

function codeReferenceRecord(reference: CodeReference): WireRecord {
  if ("url" in reference)
    return { __class__: "UrlCodeReference", url: reference.url, label: reference.label };
  const { filePath, lineNumber, label } = reference;
  return { __class__: "LocalFileCodeReference", file_path: filePath, line_number: lineNumber, label };
}
