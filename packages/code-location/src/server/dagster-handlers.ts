import { type DefinitionsSource, describeFailure } from "@dagster-sigma/definitions-host";
import type {
  ExternalRepositoryRequest,
  PingRequest,
  StreamingPingRequest,
} from "../protocol/dagster_api_pb.ts";
import type { MethodAnswers } from "../protocol/grpc-service.ts";
import { errorRecord } from "../records/error-record.ts";
import { listRepositoriesRecord } from "../records/repository-records.ts";
import { sensorErrorRecord } from "../records/sensor-execution-record.ts";
import type { EncodedRepository } from "../repository/encoded-repository.ts";
import { decodeRepositoryJson } from "../repository/repository-json.ts";
import type { RunWorker } from "../runs/run-worker.ts";
import { toWireJson } from "../wire/wire-json.ts";
import { parseSensorRequest, parseTick } from "./parse-sensor-request.ts";
import { runHandlers } from "./run-handlers.ts";
import { type Served, servedOf } from "./served.ts";

/** Characters per chunk, as in Dagster's own server. */
const chunkLength = 4_000_000;

export interface HandlerOptions {
  /** Reported to the host as this location's version of `dagster`. */
  readonly dagsterVersion: string;
  /** Stops the server when Dagster requests it; null to refuse. */
  readonly onShutdown: (() => void) | null;
  readonly keepLastGood: boolean;
  /** Null if the location runs nothing. */
  readonly worker: RunWorker | null;
}

/** Handlers of Dagster's calls, by method name. Each returns what is available without waiting for a load. */
export function dagsterHandlers(
  source: DefinitionsSource<EncodedRepository>,
  options: HandlerOptions,
): MethodAnswers {
  return {
    ...pingAnswers,
    ...repositoryAnswers(source, options),
    ...userCodeAnswers(source, options.worker),
    ...shutdownAnswers(options),
    ...(options.worker === null ? noRunAnswers : runHandlers(source, options.worker)),
  };
}

const pingAnswers: MethodAnswers = {
  ping: ({ echo }: PingRequest) => ({ echo, serializedServerUtilizationMetrics: "" }),
  heartbeat: ({ echo }: PingRequest) => ({ echo, serializedServerUtilizationMetrics: "" }),
  *streamingPing({ echo, sequenceLength }: StreamingPingRequest) {
    for (let sequenceNumber = 0; sequenceNumber < sequenceLength; sequenceNumber++)
      yield { sequenceNumber, echo };
  },
};

/** Calls by which Dagster loads the location. */
function repositoryAnswers(
  source: DefinitionsSource<EncodedRepository>,
  options: HandlerOptions,
): MethodAnswers {
  const current = (): Served => servedOf(source.current(), options.keepLastGood);
  const repositoryJson = (deferSnapshots: boolean): string => {
    const served = current();
    if (served.type === "error") return `{"__class__":"ExternalRepositoryErrorData","error":${served.error}}`;
    return decodeRepositoryJson(served.repository, deferSnapshots ? "deferred" : "atOnce");
  };
  return {
    getServerId: () => ({ serverId: current().serverId }),
    listRepositories: () => {
      const served = current();
      return {
        serializedListRepositoriesResponseOrError:
          served.type === "error"
            ? served.error
            : toWireJson(listRepositoriesRecord(options.dagsterVersion, options.worker?.origin ?? null)),
      };
    },
    getCurrentImage: () => ({
      serializedCurrentImage: toWireJson({
        __class__: "GetCurrentImageResult",
        current_image: null,
        serializable_error_info: null,
      }),
    }),
    externalRepository: ({ deferSnapshots }: ExternalRepositoryRequest) => {
      const served = current();
      return served.type === "repository" && deferSnapshots
        ? served.repository.reply
        : { serializedExternalRepositoryData: repositoryJson(deferSnapshots) };
    },
    *streamingExternalRepository({ deferSnapshots }: ExternalRepositoryRequest) {
      const text = repositoryJson(deferSnapshots);
      for (let at = 0, sequenceNumber = 0; at < text.length; at += chunkLength, sequenceNumber++)
        yield { sequenceNumber, serializedExternalRepositoryChunk: text.slice(at, at + chunkLength) };
    },
  };
}

/** Calls that run user code. */
function userCodeAnswers(
  source: DefinitionsSource<EncodedRepository>,
  worker: RunWorker | null,
): MethodAnswers {
  return {
    syncExternalSensorExecution: async ({ serializedExternalSensorExecutionArgs }) => {
      const outcome = await source.evaluateSensor(parseSensorRequest(serializedExternalSensorExecutionArgs));
      if (outcome.log !== undefined && worker !== null) {
        const tick = parseTick(serializedExternalSensorExecutionArgs);
        if (tick !== null) worker.writeTickLog({ ...tick, lines: outcome.log });
      }
      return {
        serializedSensorResult:
          outcome.type === "result" ? outcome.encoded : toWireJson(sensorErrorRecord(outcome.failure)),
      };
    },
    // Answers once the new content is available: Dagster loads the location right after this answer.
    reloadCode: async () => {
      await source.reload();
      return { serializedError: "" };
    },
  };
}

function shutdownAnswers({ onShutdown }: HandlerOptions): MethodAnswers {
  const refused = new Error("This code location does not allow shutdown over the network.");
  return {
    shutdownServer: () => {
      if (onShutdown !== null) setImmediate(onShutdown);
      return {
        serializedShutdownServerResult: toWireJson({
          __class__: "ShutdownServerResult",
          success: onShutdown !== null,
          serializable_error_info: onShutdown === null ? errorRecord(describeFailure(refused)) : null,
        }),
      };
    },
  };
}

/** Calls about runs, of a location that runs nothing. */
const noRunAnswers: MethodAnswers = {
  startRun: () => ({
    serializedStartRunResult: toWireJson({
      __class__: "StartRunResult",
      success: false,
      message: "This code location executes no runs: its assets are materialized elsewhere.",
      serializable_error_info: null,
    }),
  }),
  canCancelExecution: () => ({
    serializedCanCancelExecutionResult: toWireJson({
      __class__: "CanCancelExecutionResult",
      can_cancel: false,
    }),
  }),
  cancelExecution: () => ({
    serializedCancelExecutionResult: toWireJson({
      __class__: "CancelExecutionResult",
      success: false,
      message: "This code location executes no runs.",
      serializable_error_info: null,
    }),
  }),
  getCurrentRuns: () => ({
    serializedCurrentRuns: toWireJson({
      __class__: "GetCurrentRunsResult",
      current_runs: [],
      serializable_error_info: null,
    }),
  }),
};
