import { createHash } from "node:crypto";
import { create, toBinary } from "@bufbuild/protobuf";
import type { Definitions } from "@dagster-sigma/asset-graph";
import { fitToHost, type LeftOut } from "../host/fit-to-host.ts";
import type { HostFeatures } from "../host/host-features.ts";
import { ExternalRepositoryReplySchema } from "../protocol/dagster_api_pb.ts";
import { assetCheckRecord } from "../records/asset-check-record.ts";
import { assetNodeRecord } from "../records/asset-node-record.ts";
import { jobFields, repositoryFields } from "../records/repository-records.ts";
import { sensorRecord } from "../records/sensor-record.ts";
import { toWireJson } from "../serdes/wire-json.ts";

/** Definitions as they go over the wire, made once for all who ask. */
export interface ServedRepository {
  /** Follows from the content alone, so that a restart, or another replica, is no news to Dagster. */
  readonly serverId: string;
  /** The whole answer to `ExternalRepository`, encoded. */
  readonly reply: Uint8Array<ArrayBuffer>;
  readonly assets: number;
  /** What the host cannot hold, and how many assets that concerns. */
  readonly leftOut: LeftOut;
}

export function buildServedRepository(
  definitions: Pick<Definitions, "assetGraph" | "sensors" | "assetChecks">,
  features: HostFeatures,
): ServedRepository {
  const leftOut: LeftOut = new Map();
  const nodes = [...definitions.assetGraph.nodes.values()];
  const assetNodes = nodes.map(({ spec, upstream }) =>
    assetNodeRecord({ spec: fitToHost(spec, features, leftOut), upstream }),
  );
  const fields = repositoryFields({
    assetNodes,
    sensors: definitions.sensors.map(sensorRecord),
    assetChecks: definitions.assetChecks.map(assetCheckRecord),
  });
  const json = toWireJson({ ...fields, ...jobFields.deferred });
  const message = create(ExternalRepositoryReplySchema, { serializedExternalRepositoryData: json });
  return {
    serverId: createHash("sha256").update(json).digest("hex").slice(0, 32),
    reply: ownBytes(toBinary(ExternalRepositoryReplySchema, message)),
    assets: nodes.length,
    leftOut,
  };
}

const deferredEnd = endOf(jobFields.deferred);
const atOnceEnd = endOf(jobFields.atOnce);

/** The text of a repository as hosts want it that do not fetch jobs later (dagster 1.9). */
export function withJobsAtOnce(json: string): string {
  if (!json.endsWith(deferredEnd)) throw new Error("The repository does not end as it was built.");
  return `${json.slice(0, -deferredEnd.length)}${atOnceEnd}`;
}

function endOf(fields: (typeof jobFields)[keyof typeof jobFields]): string {
  return toWireJson(fields).slice(1);
}

/** Bytes that may be handed to another thread: they are no part of a bigger buffer. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
