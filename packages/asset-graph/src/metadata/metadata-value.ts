import { InvalidMetadataError } from "../errors.ts";
import { AssetKey, type CoercibleToAssetKey } from "../keys/asset-key.ts";
import type { TableColumnLineage } from "./table-column-lineage.ts";
import type { TableSchema } from "./table-schema.ts";

/** Any JSON value; immutable. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A cell of a metadata table. */
export type TableCell = string | number | boolean | null;

/** Location of code, or of a page about an asset. */
export type CodeReference =
  | { readonly url: string; readonly label: string | null }
  | { readonly filePath: string; readonly lineNumber: number | null; readonly label: string | null };

/** The metadata types of Dagster 1.13 and their values. Names are those of Dagster Pipes. */
export interface MetadataValueByType {
  readonly text: string;
  readonly url: string;
  readonly path: string;
  readonly notebook: string;
  readonly md: string;
  readonly json: JsonValue;
  /** An integer. */
  readonly int: number;
  readonly float: number;
  readonly bool: boolean;
  /** Seconds since the epoch, with fractions. */
  readonly timestamp: number;
  readonly table: {
    readonly records: readonly Readonly<Record<string, TableCell>>[];
    readonly schema: TableSchema;
  };
  readonly table_schema: TableSchema;
  readonly table_column_lineage: TableColumnLineage;
  readonly asset: AssetKey;
  /** A run id. */
  readonly dagster_run: string;
  readonly job: {
    readonly jobName: string;
    readonly locationName: string;
    readonly repositoryName: string | null;
  };
  readonly pool: string;
  readonly python_artifact: { readonly module: string; readonly name: string };
  readonly code_references: readonly CodeReference[];
  readonly null: null;
}

/** Name of a metadata type, for example `text` or `table_schema`. */
export type MetadataType = keyof MetadataValueByType;

/** A metadata value with the type under which Dagster shows it. */
export class TypedMetadataValue<Type extends MetadataType> {
  readonly type: Type;
  readonly value: MetadataValueByType[Type];

  constructor(type: Type, value: MetadataValueByType[Type]) {
    this.type = type;
    this.value = value;
  }
}

/** Any metadata value; its `type` discriminates the `value`. */
export type MetadataValue = { [Type in MetadataType]: TypedMetadataValue<Type> }[MetadataType];

type Factory<Type extends MetadataType> = (value: MetadataValueByType[Type]) => TypedMetadataValue<Type>;

interface MetadataValueFactories {
  readonly text: Factory<"text">;
  readonly url: Factory<"url">;
  readonly path: Factory<"path">;
  readonly notebook: Factory<"notebook">;
  readonly md: Factory<"md">;
  readonly json: Factory<"json">;
  /** @throws InvalidMetadataError if the number is not an integer */
  readonly int: Factory<"int">;
  readonly float: Factory<"float">;
  readonly bool: Factory<"bool">;
  /** From seconds since the epoch, or a date. */
  readonly timestamp: (at: number | Date) => TypedMetadataValue<"timestamp">;
  readonly table: Factory<"table">;
  readonly tableSchema: Factory<"table_schema">;
  readonly columnLineage: Factory<"table_column_lineage">;
  readonly asset: (key: CoercibleToAssetKey) => TypedMetadataValue<"asset">;
  readonly dagsterRun: Factory<"dagster_run">;
  readonly job: Factory<"job">;
  readonly pool: Factory<"pool">;
  readonly pythonArtifact: Factory<"python_artifact">;
  readonly codeReferences: Factory<"code_references">;
  readonly null: () => TypedMetadataValue<"null">;
}

/** Creates metadata values; one function per type, named as in Dagster's `MetadataValue`. */
export const MetadataValue: MetadataValueFactories = {
  text: (value) => new TypedMetadataValue("text", value),
  url: (value) => new TypedMetadataValue("url", value),
  path: (value) => new TypedMetadataValue("path", value),
  notebook: (value) => new TypedMetadataValue("notebook", value),
  md: (value) => new TypedMetadataValue("md", value),
  json: (value) => new TypedMetadataValue("json", value),
  int: (value) => {
    if (!Number.isSafeInteger(value)) {
      throw new InvalidMetadataError(`${value} is not a whole number.`, "Use MetadataValue.float().");
    }
    return new TypedMetadataValue("int", value);
  },
  float: (value) => new TypedMetadataValue("float", value),
  bool: (value) => new TypedMetadataValue("bool", value),
  timestamp: (at) => {
    const seconds = at instanceof Date ? at.getTime() / 1000 : at;
    if (!Number.isFinite(seconds)) {
      throw new InvalidMetadataError("A timestamp needs a valid date or a finite number of seconds.");
    }
    return new TypedMetadataValue("timestamp", seconds);
  },
  table: (value) => new TypedMetadataValue("table", value),
  tableSchema: (value) => new TypedMetadataValue("table_schema", value),
  columnLineage: (value) => new TypedMetadataValue("table_column_lineage", value),
  asset: (key) => new TypedMetadataValue("asset", AssetKey.from(key)),
  dagsterRun: (value) => new TypedMetadataValue("dagster_run", value),
  job: (value) => new TypedMetadataValue("job", value),
  pool: (value) => new TypedMetadataValue("pool", value),
  pythonArtifact: (value) => new TypedMetadataValue("python_artifact", value),
  codeReferences: (value) => new TypedMetadataValue("code_references", value),
  null: () => new TypedMetadataValue("null", null),
};
