import {
  type AssetCheckEvaluation,
  type AssetMaterialization,
  type AssetObservation,
  dataVersionTag,
  isDataVersionGivenTag,
} from "@dagster-sigma/asset-graph";
import { escapeReservedTags } from "../wire/escape-reserved-keys.ts";
import { enumMember, type WireRecord } from "../wire/wire-record.ts";
import { assetKeyRecord } from "./asset-key-record.ts";
import { metadataByLabel, metadataEntries } from "./metadata-record.ts";

/** An asset event that a sensor reports, as Dagster writes it to its event log. */
export function assetEventRecord(
  event: AssetObservation | AssetMaterialization | AssetCheckEvaluation,
): WireRecord {
  if (event.type === "checkEvaluation") return checkEvaluationRecord(event);
  const { assetKey, description, metadata, partition, dataVersion, tags } = event;
  const version = {
    [dataVersionTag]: dataVersion ?? "",
    [isDataVersionGivenTag]: "true",
  };
  return {
    __class__: event.type === "observation" ? "AssetObservation" : "AssetMaterialization",
    asset_key: assetKeyRecord(assetKey),
    description,
    metadata_entries: metadataEntries(metadata),
    partition,
    tags: escapeReservedTags({ ...tags, ...(dataVersion === null ? {} : version) }),
  };
}

function checkEvaluationRecord(event: AssetCheckEvaluation): WireRecord {
  return {
    __class__: "AssetCheckEvaluation",
    asset_key: assetKeyRecord(event.assetKey),
    check_name: event.checkName,
    success: event.passed,
    severity: enumMember(`AssetCheckSeverity.${event.severity.toUpperCase()}`),
    metadata: metadataByLabel(event.metadata),
    description: event.description,
    partition: null,
    blocking: false,
    target_materialization_data: null,
  };
}
