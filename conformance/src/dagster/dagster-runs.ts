import { setTimeout as sleep } from "node:timers/promises";
import type { RunningDagster } from "./start-dagster.ts";

/** What is launched, as the buttons of Dagster's page launch it. */
export interface Launch {
  readonly location: string;
  /** Paths of the keys of the selected assets. */
  readonly assets: readonly (readonly string[])[];
  /** Selected checks; by default those of the selected assets. */
  readonly checks?: readonly { readonly asset: readonly string[]; readonly name: string }[];
  /** Default: none. */
  readonly config?: object;
  /** Default: none. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** An event of a run. */
export interface RunEvent {
  /** Dagster's GraphQL type, for example `ExecutionStepFailureEvent`. */
  readonly type: string;
  readonly stepKey: string | null;
  readonly message: string;
  /** Message of the error with its causes; null without one. */
  readonly error: string | null;
  /** Path of the key of the materialized asset; null for other events. */
  readonly assetKey: readonly string[] | null;
  /** Metadata of a materialization, by label, as far as it is text, number or link. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly timestampMs: number;
}

/** Launches a run of the implicit asset job; returns its id. Rejects if Dagster refuses it. */
export async function launchAssets(dagster: RunningDagster, launch: Launch): Promise<string> {
  const { launchRun } = await dagster.graphql<{ readonly launchRun: LaunchResult }>(
    `mutation Launch($params: ExecutionParams!) { launchRun(executionParams: $params) { ${launchResult} } }`,
    { params: executionParams(launch) },
  );
  return launchedRun(launchRun);
}

/** Launches one run per item with one request. Rejects if Dagster refuses one. */
export async function launchSeveral(
  dagster: RunningDagster,
  launches: readonly Launch[],
): Promise<readonly string[]> {
  const { launchMultipleRuns } = await dagster.graphql<{
    readonly launchMultipleRuns: { readonly launchMultipleRunsResult: readonly LaunchResult[] };
  }>(
    `mutation Several($list: [ExecutionParams!]!) { launchMultipleRuns(executionParamsList: $list) {
      ... on LaunchMultipleRunsResult { launchMultipleRunsResult { ${launchResult} } } } }`,
    { list: launches.map(executionParams) },
  );
  return launchMultipleRuns.launchMultipleRunsResult.map(launchedRun);
}

type LaunchResult = Readonly<Record<string, unknown>>;

const launchResult = `__typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message stack }
  ... on RunConfigValidationInvalid { errors { message } }`;

function launchedRun(result: LaunchResult): string {
  const run = result["run"] as { readonly runId: string } | undefined;
  if (run === undefined) throw new Error(`Dagster refused the run: ${JSON.stringify(result)}`);
  return run.runId;
}

function executionParams(launch: Launch): object {
  return {
    mode: "default",
    runConfigData: JSON.stringify(launch.config ?? {}),
    executionMetadata: {
      tags: Object.entries(launch.tags ?? {}).map(([key, value]) => ({ key, value })),
    },
    selector: {
      jobName: "__ASSET_JOB",
      repositoryName: "__repository__",
      repositoryLocationName: launch.location,
      assetSelection: launch.assets.map((path) => ({ path })),
      assetCheckSelection:
        launch.checks?.map(({ asset, name }) => ({ assetKey: { path: asset }, name })) ?? null,
    },
  };
}

/** The status of a run, for example `STARTED`. */
export async function runStatus(dagster: RunningDagster, runId: string): Promise<string> {
  const { runOrError } = await dagster.graphql<{ readonly runOrError: { readonly status?: string } }>(
    "query Status($runId: ID!) { runOrError(runId: $runId) { ... on Run { status } } }",
    { runId },
  );
  return runOrError.status ?? "unknown";
}

/** The tags of a run, without those that Dagster hides. */
export async function runTags(
  dagster: RunningDagster,
  runId: string,
): Promise<Readonly<Record<string, string>>> {
  const { runOrError } = await dagster.graphql<{
    readonly runOrError: { readonly tags: readonly { readonly key: string; readonly value: string }[] };
  }>("query Tags($runId: ID!) { runOrError(runId: $runId) { ... on Run { tags { key value } } } }", {
    runId,
  });
  return Object.fromEntries(runOrError.tags.map(({ key, value }) => [key, value]));
}

/** Whether a status is that of a run that has ended. */
export function isEnd(status: string | undefined): boolean {
  return status === "SUCCESS" || status === "FAILURE" || status === "CANCELED";
}

/** Waits until a run has ended; returns its status. Rejects after `limitMs`. */
export async function endOfRun(dagster: RunningDagster, runId: string, limitMs = 90_000): Promise<string> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const status = await runStatus(dagster, runId);
    if (isEnd(status)) return status;
    if (Date.now() > deadline) throw new Error(`The run did not end: ${status}.\n${dagster.log()}`);
    await sleep(100);
  }
}

/** Terminates a run, as the button does. */
export async function terminateRun(dagster: RunningDagster, runId: string): Promise<void> {
  const { terminateRun: result } = await dagster.graphql<{
    readonly terminateRun: { readonly __typename: string; readonly message?: string };
  }>(
    `mutation Terminate($runId: String!) { terminateRun(runId: $runId) { __typename ... on PythonError { message } } }`,
    { runId },
  );
  if (result.message !== undefined) throw new Error(`Dagster did not terminate the run: ${result.message}`);
}

/** Executes the failed steps of a run again, as the button does; returns the id of the new run. */
export async function reexecuteFromFailure(dagster: RunningDagster, runId: string): Promise<string> {
  const { launchRunReexecution } = await dagster.graphql<{ readonly launchRunReexecution: LaunchResult }>(
    `mutation Again($runId: String!) { launchRunReexecution(reexecutionParams: { parentRunId: $runId, strategy: FROM_FAILURE }) {
      ${launchResult} } }`,
    { runId },
  );
  return launchedRun(launchRunReexecution);
}

interface RawEvent {
  readonly __typename: string;
  readonly stepKey: string | null;
  readonly message: string;
  readonly timestamp: string;
  readonly assetKey?: { readonly path: readonly string[] } | null;
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
  readonly metadataEntries?: readonly Readonly<Record<string, unknown>>[];
  readonly error?: RawError | null;
}

interface RawError {
  readonly message: string;
  readonly causes: readonly { readonly message: string }[];
}

/** All events of a run, in order. */
export async function runEvents(dagster: RunningDagster, runId: string): Promise<readonly RunEvent[]> {
  const { logsForRun } = await dagster.graphql<{
    readonly logsForRun: { readonly events: readonly RawEvent[] };
  }>(
    `query Logs($runId: ID!) { logsForRun(runId: $runId) { ... on EventConnection { events {
      __typename
      ... on MessageEvent { stepKey message timestamp }
      ... on MaterializationEvent { assetKey { path } tags { key value } metadataEntries {
        label ... on TextMetadataEntry { text } ... on IntMetadataEntry { intRepr } ... on FloatMetadataEntry { floatValue }
        ... on UrlMetadataEntry { url } ... on TableMetadataEntry { table { records } }
      } }
      ... on ExecutionStepFailureEvent { error { message causes { message } } }
      ... on ExecutionStepUpForRetryEvent { error { message causes { message } } }
      ... on RunFailureEvent { error { message causes { message } } }
    } } } }`,
    { runId },
  );
  return logsForRun.events.map((event) => ({
    type: event.__typename,
    stepKey: event.stepKey,
    message: event.message,
    error:
      event.error == null
        ? null
        : [event.error, ...event.error.causes].map(({ message }) => message).join("\n"),
    assetKey: event.assetKey?.path ?? null,
    metadata: Object.fromEntries(
      (event.metadataEntries ?? []).map(({ label, ...value }) => [String(label), Object.values(value)[0]]),
    ),
    tags: Object.fromEntries((event.tags ?? []).map(({ key, value }) => [key, value])),
    timestampMs: Number(event.timestamp),
  }));
}

/** Ids of runs, newest first. */
export async function runIds(dagster: RunningDagster): Promise<readonly string[]> {
  const { runsOrError } = await dagster.graphql<{
    readonly runsOrError: { readonly results: readonly { readonly runId: string }[] };
  }>("{ runsOrError { ... on Runs { results { runId } } } }");
  return runsOrError.results.map(({ runId }) => runId);
}
