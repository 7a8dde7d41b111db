import { type DefinitionsSource, describeFailure } from "@dagster-sigma/definitions-host";
import { CodeLocationError } from "../errors.ts";
import type { MethodAnswers } from "../protocol/grpc-service.ts";
import { errorRecord } from "../records/error-record.ts";
import { jobRecord } from "../records/job-record.ts";
import { planRecord } from "../records/plan-record.ts";
import type { EncodedRepository, EncodedRuns } from "../repository/encoded-repository.ts";
import type { RunWorker } from "../runs/run-worker.ts";
import { parseSelection, type RunSelection, selectOps } from "../runs/select-ops.ts";
import { toPythonJson } from "../wire/python-json.ts";
import type { WireRecord, WireValue } from "../wire/wire-record.ts";
import { parseRequest } from "./parse-request.ts";

/** The gRPC calls for jobs and runs, for a location that can run its assets (dagster 1.13.27). */
export function runHandlers(source: DefinitionsSource<EncodedRepository>, worker: RunWorker): MethodAnswers {
  const runs = (): EncodedRuns => {
    const content = source.current().content;
    if (content?.runs == null)
      throw new CodeLocationError("RUN_NOT_POSSIBLE", "The definitions have no executable assets or checks.");
    return content.runs;
  };
  return {
    externalJob: () =>
      answer<{ readonly serializedJobData?: string; readonly serializedError?: string }>(
        () => ({ serializedJobData: runs().job }),
        (error) => ({ serializedError: error }),
      ),
    externalPipelineSubsetSnapshot: ({ serializedPipelineSubsetSnapshotArgs }) =>
      answer(
        () => subset(runs(), parseSelection(parseRequest(serializedPipelineSubsetSnapshotArgs))),
        (_text, error) => subsetResult(null, error),
      ),
    executionPlanSnapshot: ({ serializedExecutionPlanSnapshotArgs }) =>
      answer(
        () => plan(runs(), parseRequest(serializedExecutionPlanSnapshotArgs)),
        (_text, error) => ({
          serializedExecutionPlanSnapshot: toPythonJson({
            __class__: "ExecutionPlanSnapshotErrorData",
            error,
          }),
        }),
      ),
    startRun: async ({ serializedExecuteRunArgs }) => {
      const request = parseRequest(serializedExecuteRunArgs);
      try {
        worker.use(runs());
        await worker.startRun({
          runId: String(request["pipeline_run_id"]),
          instanceRef: request["instance_ref"] ?? null,
        });
        return startResult(null);
      } catch (thrown) {
        return startResult(thrown);
      }
    },
    canCancelExecution: ({ serializedCanCancelExecutionRequest }) => {
      const runId = String(parseRequest(serializedCanCancelExecutionRequest)["run_id"]);
      return {
        serializedCanCancelExecutionResult: toPythonJson({
          __class__: "CanCancelExecutionResult",
          can_cancel: worker.currentRuns().includes(runId),
        }),
      };
    },
    cancelExecution: async ({ serializedCancelExecutionRequest }) => {
      const success = await worker.cancelRun(
        String(parseRequest(serializedCancelExecutionRequest)["run_id"]),
      );
      return {
        serializedCancelExecutionResult: toPythonJson({
          __class__: "CancelExecutionResult",
          success,
          message: success ? null : "This server has no process of the run.",
          serializable_error_info: null,
        }),
      };
    },
    getCurrentRuns: () => ({
      serializedCurrentRuns: toPythonJson({
        __class__: "GetCurrentRunsResult",
        current_runs: worker.currentRuns(),
        serializable_error_info: null,
      }),
    }),
  };
}

/** An error of the definitions or the selection is part of the answer, so that Dagster shows it. */
function answer<Answer>(build: () => Answer, failed: (text: string, error: WireRecord) => Answer): Answer {
  try {
    return build();
  } catch (thrown) {
    const error = errorRecord(describeFailure(thrown));
    return failed(toPythonJson(error), error);
  }
}

function subset(
  { ops, jobSnapshotId }: EncodedRuns,
  selection: RunSelection,
): { readonly serializedExternalPipelineSubsetResult: string } {
  const selected = selectOps(ops, selection);
  // Dagster reads the selection for the plan from this record.
  const lineage: WireRecord = {
    __class__: "PipelineSnapshotLineage",
    parent_snapshot_id: jobSnapshotId,
    solid_selection: null,
    solids_to_execute: null,
    asset_selection: selection.assets === null ? null : frozenSet(selection.assets.map(keyRecord)),
    asset_check_selection:
      selection.checks === null
        ? null
        : frozenSet(
            selection.checks.map(({ asset, name }) => ({
              __class__: "AssetCheckKey",
              asset_key: keyRecord(asset),
              name,
            })),
          ),
  };
  const isWhole = selection.assets === null && selection.checks === null;
  return subsetResult(jobRecord(selected, isWhole ? null : lineage), null);
}

function subsetResult(
  job: WireRecord | null,
  error: WireRecord | null,
): { readonly serializedExternalPipelineSubsetResult: string } {
  return {
    serializedExternalPipelineSubsetResult: toPythonJson({
      __class__: "ExternalPipelineSubsetResult",
      success: error === null,
      error,
      external_pipeline_data: job,
      repository_python_origin: null,
    }),
  };
}

function plan(
  { ops }: EncodedRuns,
  request: Readonly<Record<string, unknown>>,
): { readonly serializedExecutionPlanSnapshot: string } {
  const steps = request["step_keys_to_execute"];
  const record = planRecord(selectOps(ops, parseSelection(request)), {
    snapshotId: String(request["pipeline_snapshot_id"]),
    stepKeys: Array.isArray(steps) ? steps.map(String) : null,
    knownState: (request["known_state"] ?? null) as WireValue,
  });
  return { serializedExecutionPlanSnapshot: toPythonJson(record) };
}

function startResult(thrown: unknown): { readonly serializedStartRunResult: string } {
  const failure = thrown === null ? null : describeFailure(thrown);
  return {
    serializedStartRunResult: toPythonJson({
      __class__: "StartRunResult",
      success: failure === null,
      message: failure?.message ?? null,
      serializable_error_info: failure === null ? null : errorRecord(failure),
    }),
  };
}

function keyRecord(path: readonly string[]): WireRecord {
  return { __class__: "AssetKey", path };
}

function frozenSet(items: readonly WireValue[]): WireValue {
  return { __frozenset__: items };
}
