import { parentPort, workerData } from "node:worker_threads";
import type { Definitions } from "@dagster-sigma/asset-graph";
import type { HostFeatures } from "../host/host-features.ts";
import { errorRecord } from "../records/error-record.ts";
import { buildServedRepository } from "../repository/build-served-repository.ts";
import { evaluateSensor } from "../sensors/evaluate-sensor.ts";
import type { SensorRequest } from "../sensors/sensor-request.ts";
import { toWireJson } from "../serdes/wire-json.ts";

/** What a thread is started with. */
export interface ContentWorkerData {
  /** Address of a module that exports `loadDefinitions`. */
  readonly module: string;
  /** Handed to it. */
  readonly options: unknown;
  readonly features: HostFeatures;
}

/** What it tells once it has loaded: definitions as they go over the wire, or a serialised error. */
export type LoadedMessage =
  | {
      readonly type: "repository";
      readonly serverId: string;
      readonly reply: Uint8Array<ArrayBuffer>;
      readonly assets: number;
      readonly leftOut: ReadonlyMap<string, number>;
      /** Whether the thread is still needed. */
      readonly hasSensors: boolean;
    }
  | { readonly type: "error"; readonly error: string; readonly text: string };

/** Afterwards it evaluates sensors: a question, and its answer under the same id. */
export interface SensorQuestion {
  readonly id: number;
  readonly request: SensorRequest;
}

export interface SensorAnswer {
  readonly type: "sensor";
  readonly id: number;
  readonly result: string;
}

/** What such a module exports: user code runs in it, as long as it likes. */
export interface DefinitionsModule<Options> {
  loadDefinitions(options: Options): Promise<Definitions>;
}

async function load({ module, options, features }: ContentWorkerData): Promise<{
  readonly message: LoadedMessage;
  readonly definitions: Definitions | null;
}> {
  try {
    const { loadDefinitions } = (await import(module)) as DefinitionsModule<unknown>;
    const definitions = await loadDefinitions(options);
    const { serverId, reply, assets, leftOut } = buildServedRepository(definitions, features);
    const hasSensors = definitions.sensors.length > 0;
    return { message: { type: "repository", serverId, reply, assets, leftOut, hasSensors }, definitions };
  } catch (thrown) {
    const record = errorRecord(thrown);
    const text = String(record["message"]).trimEnd();
    return { message: { type: "error", error: toWireJson(record), text }, definitions: null };
  }
}

const { message, definitions } = await load(workerData as ContentWorkerData);
if (definitions !== null) {
  parentPort?.on("message", async ({ id, request }: SensorQuestion) => {
    const answer: SensorAnswer = { type: "sensor", id, result: await evaluateSensor(definitions, request) };
    parentPort?.postMessage(answer);
  });
}
parentPort?.postMessage(message, message.type === "repository" ? [message.reply.buffer] : []);
