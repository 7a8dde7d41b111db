/** Dagster's own metadata labels and tags, each spelled once. */

/** Dagster's mark for a stand-in: without it the stand-in hides the real asset of another code location. */
export const stubAssetLabel = "dagster/auto_created_stub_asset";

/** A unique name of the table behind an asset, for example `analytics.sales.orders`. */
export const tableNameLabel = "dagster/table_name";

/** The storage system that holds the table, for example `snowflake`. */
export const storageKindLabel = "dagster/storage_kind";

/** The columns of an asset, as a table schema. */
export const columnSchemaLabel = "dagster/column_schema";

/** The columns that each column of an asset is computed from. */
export const columnLineageLabel = "dagster/column_lineage";

/** Number of rows that a materialization wrote. */
export const rowCountLabel = "dagster/row_count";

/** Tags of an event: the version of the data, and whether somebody other than Dagster computed it. */
export const dataVersionTag = "dagster/data_version";
export const isDataVersionGivenTag = "dagster/data_version_is_user_provided";

/** A kind is kept as a tag of this prefix on Dagster's wire. */
export const kindTagPrefix = "dagster/kind/";

/** Labels and tags that begin so belong to Dagster. */
export const dagsterPrefix = "dagster/";
