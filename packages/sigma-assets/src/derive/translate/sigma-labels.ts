/** Metadata labels of Sigma assets. Labels that dagster-sigma for Python also has are the same. */
export const sigmaLabels = {
  id: "dagster_sigma/id",
  name: "dagster_sigma/name",
  path: "dagster_sigma/path",
  webUrl: "dagster_sigma/web_url",
  version: "dagster_sigma/version",
  createdAt: "dagster_sigma/created_at",
  updatedAt: "dagster_sigma/updated_at",
  workbookId: "dagster_sigma/workbook_id",
  /** Only on archived objects. */
  isArchived: "dagster_sigma/is_archived",
  /** The data model that a dataset was migrated to. */
  migratedTo: "dagster_sigma/migrated_to",
  upstreamsInferredFromSql: "dagster_sigma/upstreams_inferred_from_sql",
  joins: "dagster_sigma/joins",
  metrics: "dagster_sigma/metrics",
  unions: "dagster_sigma/unions",
  customSql: "dagster_sigma/custom_sql",
  materializationSchedules: "dagster_sigma/materialization_schedules",
  properties: "dagster_sigma/properties",
  lineage: "dagster_sigma/lineage",
  // On observations and materializations:
  /** The materialized elements, as a table. */
  sheets: "dagster_sigma/sheets",
  updatedBy: "dagster_sigma/updated_by",
  changes: "dagster_sigma/changes",
  runStatus: "dagster_sigma/run_status",
  finishedAt: "dagster_sigma/finished_at",
  runtimeSeconds: "dagster_sigma/runtime_seconds",
  sizeBytes: "dagster_sigma/size_bytes",
  error: "dagster_sigma/error",
} as const;
