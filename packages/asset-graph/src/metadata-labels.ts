/** Dagster's mark for a stand-in: without it the stand-in hides the real asset of another code location. */
export const stubAssetLabel = "dagster/auto_created_stub_asset";

/** A unique name of the table behind an asset, for example `analytics.sales.orders`. */
export const tableNameLabel = "dagster/table_name";

/** The storage system that holds the table, for example `snowflake`. */
export const storageKindLabel = "dagster/storage_kind";
