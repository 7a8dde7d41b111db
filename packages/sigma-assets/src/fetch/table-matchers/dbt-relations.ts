import {
  parseSqlDialect,
  readTables,
  type SqlDialect,
  type TableName,
} from "@dagster-sigma/sql-lineage/tables";
import { z } from "zod";
import { readDbtFile } from "./read-dbt-file.ts";

/** A column, as a dbt file declares it. */
export interface DbtColumn {
  readonly name: string;
  /** Type in the warehouse's words; null if it is not declared. */
  readonly type: string | null;
}

/** A model, seed, snapshot or source of dbt, with what a manifest or a catalog says about its columns. */
export interface DbtRelation {
  /** For example `model.jaffle_shop.orders`. */
  readonly uniqueId: string;
  readonly name: string;
  /** The parts of the table's name. */
  readonly table: TableName;
  /** File that defines it, relative to the dbt project; null in a catalog. */
  readonly file: string | null;
  /** SQL as in the file; null for seeds and sources, and in a catalog. */
  readonly rawCode: string | null;
  /** SQL without Jinja; null if dbt has not compiled it. */
  readonly compiledCode: string | null;
  readonly columns: readonly DbtColumn[];
  /** Whether `columns` are all columns: in a catalog, and with an enforced contract. */
  readonly isComplete: boolean;
}

/** The relations of a manifest or a catalog. */
export interface DbtRelations {
  readonly dialect: SqlDialect;
  readonly isCatalog: boolean;
  readonly relations: readonly DbtRelation[];
}

const text = z.string().nullish();
const manifestRow = z.looseObject({
  unique_id: z.string(),
  resource_type: z.enum(["model", "seed", "snapshot", "source"]),
  name: z.string(),
  relation_name: z.string(),
  original_file_path: text,
  raw_code: text,
  compiled_code: text,
  columns: z.record(z.string(), z.looseObject({ name: z.string(), data_type: text })).nullish(),
  config: z.looseObject({ contract: z.looseObject({ enforced: z.boolean().nullish() }).nullish() }).nullish(),
});
const catalogRow = z.looseObject({
  unique_id: z.string(),
  metadata: z.looseObject({ database: text, schema: z.string(), name: z.string() }),
  columns: z.record(z.string(), z.looseObject({ name: z.string(), type: text })),
});
const rows = z.record(z.string(), z.unknown());
const file = z.looseObject({
  metadata: z.looseObject({ dbt_schema_version: text, adapter_type: text }).nullish(),
  nodes: rows,
  sources: rows.nullish(),
});

/**
 * Reads the relations of a dbt manifest (`target/manifest.json`) or catalog (`target/catalog.json`).
 *
 * @throws ConfigurationError `DBT_MANIFEST_UNREADABLE`
 */
export async function readDbtRelations(path: string): Promise<DbtRelations> {
  const { metadata, nodes, sources } = await readDbtFile(path, file);
  const all = [...Object.values(nodes), ...Object.values(sources ?? {})];
  const isCatalog = metadata?.dbt_schema_version?.includes("/catalog/") === true;
  const dialect = parseSqlDialect(metadata?.adapter_type);
  const relations = all.flatMap((row) => (isCatalog ? readCatalogRow(row) : readManifestRow(row, dialect)));
  return { dialect, isCatalog, relations };
}

function readCatalogRow(row: unknown): readonly DbtRelation[] {
  const { success, data } = catalogRow.safeParse(row);
  if (!success) return [];
  const { database, schema, name } = data.metadata;
  return [
    {
      uniqueId: data.unique_id,
      name: data.unique_id.split(".").at(2) ?? name,
      table: [database ?? "", schema, name].filter((part) => part !== ""),
      file: null,
      rawCode: null,
      compiledCode: null,
      columns: Object.values(data.columns).map((column) => ({
        name: column.name,
        type: column.type ?? null,
      })),
      isComplete: true,
    },
  ];
}

/** Rows that are not tables, such as tests and ephemeral models, have no relation. */
function readManifestRow(row: unknown, dialect: SqlDialect): readonly DbtRelation[] {
  const { success, data } = manifestRow.safeParse(row);
  const [table] = success ? readTables(`select * from ${data.relation_name}`, dialect) : [];
  if (!success || table === undefined) return [];
  return [
    {
      uniqueId: data.unique_id,
      name: data.name,
      table,
      file: data.original_file_path ?? null,
      rawCode: data.raw_code ?? null,
      compiledCode: data.compiled_code ?? null,
      columns: Object.values(data.columns ?? {}).map(({ name, data_type }) => ({
        name,
        type: data_type ?? null,
      })),
      isComplete: data.config?.contract?.enforced === true,
    },
  ];
}
