// The encoder of the code location's outlet; imported by the thread that loads definitions.
import { createHash } from "node:crypto";
import { create, toBinary } from "@bufbuild/protobuf";
import type { Definitions, SensorResult } from "@dagster-sigma/asset-graph";
import type { SensorRequest } from "@dagster-sigma/definitions-host";
import { dropUnsupported, type LeftOut } from "../dagster-version/drop-unsupported.ts";
import type { HostFeatures } from "../dagster-version/host-features.ts";
import { ExternalRepositoryReplySchema } from "../protocol/dagster_api_pb.ts";
import { assetCheckRecord } from "../records/asset-check-record.ts";
import { assetNodeRecord } from "../records/asset-node-record.ts";
import { repositoryFields } from "../records/repository-records.ts";
import { sensorExecutionRecord } from "../records/sensor-execution-record.ts";
import { sensorRecord } from "../records/sensor-record.ts";
import { toWireJson } from "../wire/wire-json.ts";
import type { EncodedRepository } from "./encoded-repository.ts";
import { repositoryJson } from "./repository-json.ts";

export function encode(
  definitions: Pick<Definitions, "assetGraph" | "sensors" | "assetChecks">,
  features: HostFeatures,
): EncodedRepository {
  const leftOut: LeftOut = new Map();
  const nodes = [...definitions.assetGraph.nodes.values()];
  const assetNodes = nodes.map(({ spec, upstream }) =>
    assetNodeRecord({ spec: dropUnsupported(spec, features, leftOut), upstream }),
  );
  const fields = toWireJson(
    repositoryFields({
      assetNodes,
      sensors: definitions.sensors.map(sensorRecord),
      assetChecks: definitions.assetChecks.map(assetCheckRecord),
    }),
  );
  const json = repositoryJson(fields, "deferred");
  const message = create(ExternalRepositoryReplySchema, { serializedExternalRepositoryData: json });
  return {
    serverId: createHash("sha256").update(json).digest("hex").slice(0, 32),
    reply: ownBytes(toBinary(ExternalRepositoryReplySchema, message)),
    fieldsLength: fields.length,
    assets: nodes.length,
    leftOut,
  };
}

export function encodeSensorResult(result: SensorResult, request: SensorRequest): string {
  return toWireJson(sensorExecutionRecord(result, request));
}

/** A copy with its own buffer, which can be transferred to another thread. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
