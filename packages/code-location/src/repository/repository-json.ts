import { fromBinary } from "@bufbuild/protobuf";
import { ExternalRepositoryReplySchema } from "../protocol/dagster_api_pb.ts";
import { type JobDelivery, jobFields } from "../records/repository-records.ts";
import { toWireJson } from "../wire/wire-json.ts";
import type { EncodedRepository, EncodedRuns } from "./encoded-repository.ts";

/**
 * The JSON of a repository.
 *
 * @param fields the JSON of an object with all fields except those of jobs; at least one field
 */
export function repositoryJson(fields: string, jobs: JobDelivery, runs: EncodedRuns | null): string {
  const [open, jobText] = [fields.slice(0, -1), toWireJson(jobFields(jobs, runs)).slice(1)];
  return `${open},${jobText}`;
}

/** The JSON of an encoded repository, with its jobs in the form that the host expects. */
export function decodeRepositoryJson(
  { reply, fieldsLength, runs }: EncodedRepository,
  jobs: JobDelivery,
): string {
  const { serializedExternalRepositoryData: json } = fromBinary(ExternalRepositoryReplySchema, reply);
  // The last character of the prefix separates it from further fields; here it must close the object instead.
  return jobs === "deferred" ? json : repositoryJson(`${json.slice(0, fieldsLength - 1)}}`, jobs, runs);
}
