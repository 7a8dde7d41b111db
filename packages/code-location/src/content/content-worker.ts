import { parentPort, workerData } from "node:worker_threads";
import type { Definitions } from "@dagster-sigma/asset-graph";
import type { HostFeatures } from "../host/host-features.ts";
import { errorRecord } from "../records/error-record.ts";
import { buildServedRepository } from "../repository/build-served-repository.ts";
import { toWireJson } from "../serdes/wire-json.ts";

/** What a thread is started with. */
export interface ContentWorkerData {
  /** Address of a module that exports `loadDefinitions`. */
  readonly module: string;
  /** Handed to it. */
  readonly options: unknown;
  readonly features: HostFeatures;
}

/** What it tells once it is done: definitions as they go over the wire, or a serialised error. */
export type ContentWorkerMessage =
  | {
      readonly type: "repository";
      readonly serverId: string;
      readonly reply: Uint8Array<ArrayBuffer>;
      readonly assets: number;
      readonly leftOut: ReadonlyMap<string, number>;
    }
  | { readonly type: "error"; readonly error: string; readonly text: string };

/** What such a module exports: user code runs in it, as long as it likes. */
export interface DefinitionsModule<Options> {
  loadDefinitions(options: Options): Promise<Definitions>;
}

async function load({ module, options, features }: ContentWorkerData): Promise<ContentWorkerMessage> {
  try {
    const { loadDefinitions } = (await import(module)) as DefinitionsModule<unknown>;
    const { serverId, reply, assets, leftOut } = buildServedRepository(
      await loadDefinitions(options),
      features,
    );
    return { type: "repository", serverId, reply, assets, leftOut };
  } catch (thrown) {
    const record = errorRecord(thrown);
    return { type: "error", error: toWireJson(record), text: String(record["message"]).trimEnd() };
  }
}

const message = await load(workerData as ContentWorkerData);
parentPort?.postMessage(message, message.type === "repository" ? [message.reply.buffer] : []);
