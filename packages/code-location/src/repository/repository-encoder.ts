// The encoder of the code location's outlet; imported by the thread that loads definitions.
import { createHash } from "node:crypto";
import { create, toBinary } from "@bufbuild/protobuf";
import type { Definitions } from "@dagster-sigma/asset-graph";
import { dropUnsupported, type LeftOut } from "../dagster-version/drop-unsupported.ts";
import type { HostFeatures } from "../dagster-version/host-features.ts";
import { ExternalRepositoryReplySchema } from "../protocol/dagster_api_pb.ts";
import { assetCheckRecord } from "../records/asset-check-record.ts";
import { assetNodeRecord } from "../records/asset-node-record.ts";
import { AutomationPolicies } from "../records/automation-policies.ts";
import { automationSensorRecords } from "../records/automation-sensor-record.ts";
import { repositoryFields } from "../records/repository-records.ts";
import { resourceRecords, utilizedEnvVars } from "../records/resource-record.ts";
import { checkId } from "../records/runnable-op.ts";
import { sensorRecord } from "../records/sensor-record.ts";
import { toWireJson } from "../wire/wire-json.ts";
import { encodeRuns, executedChecks, type RunsOptions } from "./encode-runs.ts";
import type { EncodedRepository } from "./encoded-repository.ts";
import { repositoryJson } from "./repository-json.ts";

export { encodeSensorResult } from "./encode-sensor-result.ts";

/** Options of the encoder; copied to the thread. */
export interface EncodeOptions extends HostFeatures {
  /** Missing if the location runs nothing. */
  readonly runs?: RunsOptions;
}

/** @throws CodeLocationError `AUTOMATION_CONDITION_UNSUPPORTED` */
export function encode(
  definitions: Pick<Definitions, "assets" | "assetGraph" | "sensors" | "assetChecks" | "resources">,
  features: EncodeOptions,
): EncodedRepository {
  const leftOut: LeftOut = new Map();
  const policies = new AutomationPolicies(features.version);
  const nodes = [...definitions.assetGraph.nodes.values()];
  const assetNodes = nodes.map(({ spec, upstream }) =>
    assetNodeRecord(
      { spec: dropUnsupported(spec, features, leftOut), upstream },
      policies,
      features.runs !== undefined,
    ),
  );
  const runs = encodeRuns(definitions, features);
  const executed = executedChecks(runs?.ops ?? []);
  const fields = toWireJson(
    repositoryFields({
      assetNodes,
      sensors: [...definitions.sensors.map(sensorRecord), ...automationSensorRecords(assetNodes)],
      assetChecks: definitions.assetChecks.map((check) =>
        assetCheckRecord(check, executed.has(checkId(check.assetKey.path, check.name))),
      ),
      resources: resourceRecords(definitions.resources, definitions.assets),
      envVars: utilizedEnvVars(definitions.resources),
    }),
  );
  const json = repositoryJson(fields, "deferred", runs);
  const message = create(ExternalRepositoryReplySchema, { serializedExternalRepositoryData: json });
  return {
    serverId: createHash("sha256").update(json).digest("hex").slice(0, 32),
    reply: ownBytes(toBinary(ExternalRepositoryReplySchema, message)),
    fieldsLength: fields.length,
    assets: nodes.length,
    leftOut,
    executables: definitions.assets.filter(({ execution }) => execution !== null).length,
    runs,
  };
}

/** A copy with its own buffer, which can be transferred to another thread. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
