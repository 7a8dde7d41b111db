/** Dagster's own metadata labels and tags. */

/** Marks a stub in Dagster: without it the stub would hide the real asset of another code location. */
export const stubAssetLabel = "dagster/auto_created_stub_asset";

/** A unique name of the table behind an asset, for example `analytics.sales.orders`. */
export const tableNameLabel = "dagster/table_name";

/** The storage system that contains the table, for example `snowflake`. */
export const storageKindLabel = "dagster/storage_kind";

/** The columns of an asset, as a table schema. */
export const columnSchemaLabel = "dagster/column_schema";

/** The column lineage of an asset. */
export const columnLineageLabel = "dagster/column_lineage";

/** Number of rows written by a materialization. */
export const rowCountLabel = "dagster/row_count";

/** Event tags: the data version, and whether it was supplied by a user rather than computed by Dagster. */
export const dataVersionTag = "dagster/data_version";
/** Event tag: `true` if a user supplied the data version, rather than Dagster computing it. */
export const isDataVersionGivenTag = "dagster/data_version_is_user_provided";

/** On the wire, Dagster stores a kind as a tag with this prefix. */
export const kindTagPrefix = "dagster/kind/";

/** Prefix of labels and tags that are reserved for Dagster. */
export const dagsterPrefix = "dagster/";
