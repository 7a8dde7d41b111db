import { InvalidMetadataError } from "../errors.ts";
import { AssetKey } from "../keys/asset-key.ts";
import { type JsonValue, MetadataValue, TypedMetadataValue } from "./metadata-value.ts";
import { TableColumnLineage } from "./table-column-lineage.ts";
import { TableSchema } from "./table-schema.ts";

/**
 * Values accepted as metadata. Strings become `text`, integers `int`, other numbers `float`, arrays and plain objects
 * `json`, a `Date` `timestamp`, null `null`.
 */
export type RawMetadataValue = MetadataValue | JsonValue | AssetKey | TableSchema | TableColumnLineage | Date;

/** Metadata by label as passed to a spec; normalized by {@link normalizeMetadata}. */
export type RawMetadata = Readonly<Record<string, RawMetadataValue>>;

/** Metadata of a spec: all values are typed. */
export type Metadata = Readonly<Record<string, MetadataValue>>;

/**
 * Converts raw values to typed ones.
 *
 * @throws InvalidMetadataError with the label of a value that has no Dagster type
 */
export function normalizeMetadata(raw: RawMetadata): Metadata {
  return Object.fromEntries(
    Object.entries(raw).map(([label, value]) => [label, normalizeMetadataValue(label, value)]),
  );
}

function normalizeMetadataValue(label: string, raw: RawMetadataValue): MetadataValue {
  if (raw instanceof TypedMetadataValue) {
    return raw.type === "json" ? MetadataValue.json(checkJson(label, raw.value)) : raw;
  }
  if (raw === null) return MetadataValue.null();
  switch (typeof raw) {
    case "string":
      return MetadataValue.text(raw);
    case "boolean":
      return MetadataValue.bool(raw);
    case "number":
      return Number.isSafeInteger(raw) ? MetadataValue.int(raw) : MetadataValue.float(raw);
  }
  if (raw instanceof AssetKey) return MetadataValue.asset(raw);
  if (raw instanceof TableSchema) return MetadataValue.tableSchema(raw);
  if (raw instanceof TableColumnLineage) return MetadataValue.columnLineage(raw);
  if (raw instanceof Date) return MetadataValue.timestamp(raw);
  return MetadataValue.json(checkJson(label, raw));
}

function checkJson(label: string, value: unknown, path = "$"): JsonValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((item, index) => checkJson(label, item, `${path}[${index}]`));
  if (typeof value === "object" && isPlainObject(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, checkJson(label, item, `${path}.${key}`)]),
    );
  }
  throw new InvalidMetadataError(
    `The metadata value "${label}" contains ${describe(value)} at ${path}, which has no Dagster metadata type.`,
    "Use one of the MetadataValue functions, or JSON: strings, finite numbers, booleans, null, arrays, plain objects.",
  );
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function describe(value: unknown): string {
  if (typeof value === "object" && value !== null) return `an instance of ${value.constructor.name}`;
  return typeof value === "number" ? String(value) : `a value of type ${typeof value}`;
}
