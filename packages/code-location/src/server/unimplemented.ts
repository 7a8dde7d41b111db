/**
 * Methods that are not implemented, and why. gRPC answers UNIMPLEMENTED, which Dagster handles. Those about jobs are
 * implemented by a location with runs.
 */
export const unimplemented: Readonly<Record<string, string>> = {
  externalPartitionNames: "Assets have no partitions yet.",
  externalPartitionConfig: "Assets have no partitions yet.",
  externalPartitionTags: "Assets have no partitions yet.",
  externalPartitionSetExecutionParams: "Assets have no partitions yet.",
  externalNotebookData: "No asset of this location is a notebook.",
  externalPipelineSubsetSnapshot: "Without runs there are no jobs.",
  executionPlanSnapshot: "Without runs there are no jobs.",
  externalJob: "Without runs there are no jobs.",
  externalScheduleExecution: "There are no schedules.",
  syncExternalScheduleExecution: "There are no schedules.",
  externalSensorExecution: "All hosts can use the unary SyncExternalSensorExecution.",
  refreshComponentState: "There are no components with state.",
  reloadCodeWithState: "There are no components with state.",
};
