import { fromBinary } from "@bufbuild/protobuf";
import { ExternalRepositoryReplySchema } from "../protocol/dagster_api_pb.ts";
import { jobFields } from "../records/repository-records.ts";
import { toWireJson } from "../wire/wire-json.ts";
import type { EncodedRepository } from "./encoded-repository.ts";

/** `deferred` for hosts that fetch jobs later, `atOnce` for those that want them in the repository (dagster 1.9). */
export type JobDelivery = keyof typeof jobFields;

/**
 * The JSON of a repository.
 *
 * @param fields the JSON of an object with all fields but those of jobs; it has at least one
 */
export function repositoryJson(fields: string, jobs: JobDelivery): string {
  const [open, jobText] = [fields.slice(0, -1), toWireJson(jobFields[jobs]).slice(1)];
  return `${open},${jobText}`;
}

/** The JSON in an encoded repository, with its jobs as the host wants them. */
export function decodeRepositoryJson({ reply, fieldsLength }: EncodedRepository, jobs: JobDelivery): string {
  const { serializedExternalRepositoryData: json } = fromBinary(ExternalRepositoryReplySchema, reply);
  // The last character of the fields closed their object; here more fields follow.
  return jobs === "deferred" ? json : repositoryJson(`${json.slice(0, fieldsLength - 1)}}`, jobs);
}
