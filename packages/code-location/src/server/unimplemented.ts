/** Methods that are not answered, and why; grpc says UNIMPLEMENTED, which Dagster expects of what a server lacks. */
export const unimplemented: Readonly<Record<string, string>> = {
  externalPartitionNames: "Assets have no partitions yet.",
  externalPartitionConfig: "Assets have no partitions yet.",
  externalPartitionTags: "Assets have no partitions yet.",
  externalPartitionSetExecutionParams: "Assets have no partitions yet.",
  externalNotebookData: "No asset is a notebook of this location.",
  externalPipelineSubsetSnapshot: "There are no jobs: these assets are made elsewhere.",
  executionPlanSnapshot: "There are no jobs: these assets are made elsewhere.",
  externalJob: "There are no jobs: these assets are made elsewhere.",
  externalScheduleExecution: "There are no schedules.",
  syncExternalScheduleExecution: "There are no schedules.",
  externalSensorExecution: "The answer in one piece (SyncExternalSensorExecution) does for all.",
  refreshComponentState: "There are no components with a state of their own.",
  reloadCodeWithState: "There are no components with a state of their own.",
};
