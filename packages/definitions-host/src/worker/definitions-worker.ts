// Runs in a worker thread: loads definitions, sends the outlet's encoding of them, then evaluates their sensors.
import { parentPort, workerData } from "node:worker_threads";
import type { Definitions } from "@dagster-sigma/asset-graph";
import type { DefinitionsModule, SignsOfLife } from "../definitions-module.ts";
import { DefinitionsHostError } from "../errors.ts";
import { evaluateSensor } from "../evaluate-sensor.ts";
import type { UserCode } from "../failure/code-place.ts";
import { describeFailure } from "../failure/describe-failure.ts";
import type { OutletEncoder } from "../outlet.ts";
import { stateFilesOf } from "./file-version.ts";
import type { ThreadData, ThreadMessage, ThreadRequest } from "./thread-messages.ts";

const data = workerData as ThreadData;

/** Minimum interval between reports of activity, in ms; progress is always reported. */
const reportEveryMs = 200;

const send = (message: ThreadMessage, transfer: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, transfer);

/** Complete once the module is imported: only it knows how user code was compiled. */
let userCode: UserCode | null = data.userFolder === null ? null : { folder: data.userFolder };

const activity = createActivityReports();
reportEnds();
// Not awaited: with a top-level await, a promise that never settles would change the thread's exit code.
void main();

async function main(): Promise<void> {
  try {
    const encoder = (await import(data.encoder)) as OutletEncoder<object, unknown>;
    const module = (await import(data.module)) as DefinitionsModule<unknown>;
    if (userCode !== null && module.sourcePlace !== undefined)
      userCode = { ...userCode, sourcePlace: module.sourcePlace };
    const run: NonNullable<DefinitionsModule<unknown>["runInEnvironment"]> =
      module.runInEnvironment ?? ((_options, _activity, work) => work());
    const definitions = await run(data.options, activity, () =>
      module.loadDefinitions(data.options, activity),
    );
    const content = encoder.encode(definitions, data.encoderOptions);
    const hasSensors = definitions.sensors.length > 0;
    if (hasSensors) answerRequests(definitions, encoder, (work) => run(data.options, activity, work));
    const stateFiles = stateFilesOf(definitions);
    send({ type: "loaded", content, hasSensors, stateFiles }, buffersOf(content));
  } catch (thrown) {
    send({ type: "failed", failure: describeFailure(thrown, userCode) });
  }
}

/** From here on the message listener keeps the thread alive. */
function answerRequests(
  definitions: Definitions,
  encoder: OutletEncoder<object, unknown>,
  inEnvironment: <Result>(work: () => Promise<Result>) => Promise<Result>,
): void {
  const { sensorTimeoutMs: timeoutMs } = data;
  parentPort?.on("message", async (request: ThreadRequest) => {
    if (request.type === "ping") {
      send({ type: "pong" });
      return;
    }
    const outcome = await inEnvironment(() =>
      evaluateSensor(definitions, request.request, encoder, { userCode, timeoutMs }),
    );
    send({ type: "evaluated", id: request.id, outcome });
  });
}

function createActivityReports(): SignsOfLife {
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    alive: (what) => {
      const now = performance.now();
      if (now - lastMs < reportEveryMs) return;
      lastMs = now;
      send({ type: "alive", what, isProgress: false });
    },
    progress: (what) => send({ type: "alive", what, isProgress: true }),
  };
}

/** Reports why and where user code ended the thread, as far as the thread still can. */
function reportEnds(): void {
  const exit = process.exit.bind(process);
  process.exit = (code?: number | string | null): never => {
    const error = new DefinitionsHostError({
      code: "DEFINITIONS_EXITED",
      message: `The definitions called process.exit(${code ?? ""}).`,
      hint: "Throw an error instead.",
    });
    send({ type: "ending", failure: describeFailure(error, userCode) });
    return exit(code);
  };
  const onUncaught = (what: string, hint: string, thrown: unknown): void => {
    const cause = thrown instanceof Error ? thrown : new Error(String(thrown));
    const message = `${what}: ${cause.name}: ${cause.message}`;
    const error = new DefinitionsHostError({ code: "DEFINITIONS_UNCAUGHT", message, hint, cause });
    send({ type: "ending", failure: describeFailure(error, userCode) });
    exit(1);
  };
  process.on("unhandledRejection", (thrown) =>
    onUncaught(
      "A promise was rejected and the rejection was not handled",
      "Write `await` before the call.",
      thrown,
    ),
  );
  process.on("uncaughtException", (thrown) =>
    onUncaught("A callback threw an error", "Catch the error in the callback.", thrown),
  );
}

/** Transfers the memory of typed arrays to the other thread. */
function buffersOf(content: object): ArrayBuffer[] {
  return Object.values(content).flatMap((value) =>
    ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  );
}
