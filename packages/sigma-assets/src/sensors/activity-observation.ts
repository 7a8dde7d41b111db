import {
  type AssetChange,
  AssetObservation,
  type AssetSpec,
  MetadataValue,
  type RawMetadata,
} from "@dagster-sigma/asset-graph";
import type { SigmaClient } from "@dagster-sigma/sigma-client";
import { sigmaLabels } from "../derive/translate/sigma-labels.ts";
import type { ListedDocument } from "./list-documents.ts";

const maxChangesNamed = 20;

/** Returns an empty map on failure: the observation is then reported with the member id. */
export async function memberEmails(
  client: SigmaClient,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  try {
    const members = await client.members
      .list({ includeArchived: true, includeInactive: true }, { signal })
      .toArray();
    return new Map(
      members.flatMap(({ memberId, email }) => (email == null ? [] : [[memberId, email] as const])),
    );
  } catch {
    return new Map();
  }
}

/** The observation of a published version. */
export function observationOf(
  { updatedAt, version, updatedBy, url }: ListedDocument,
  spec: AssetSpec,
  emails: ReadonlyMap<string, string>,
  changes: ReadonlyMap<string, AssetChange> | null,
): AssetObservation {
  const updatedMs = Date.parse(updatedAt);
  const change = changes?.get(spec.key.toUserString());
  const who = updatedBy === null ? null : (emails.get(updatedBy) ?? updatedBy);
  const metadata: RawMetadata = {
    ...(version === null ? {} : { [sigmaLabels.version]: version }),
    ...(Number.isNaN(updatedMs)
      ? {}
      : { [sigmaLabels.updatedAt]: MetadataValue.timestamp(updatedMs / 1_000) }),
    ...(who === null ? {} : { [sigmaLabels.updatedBy]: who }),
    ...(url === null ? {} : { [sigmaLabels.webUrl]: MetadataValue.url(url) }),
    ...(change === undefined ? {} : changeMetadata(change)),
  };
  return new AssetObservation({
    assetKey: spec.key,
    metadata,
    ...(version === null ? {} : { dataVersion: String(version) }),
  });
}

/** The changes as text, one per line. */
function changeMetadata(change: AssetChange): RawMetadata {
  const lines = [
    ...change.addedDeps.map((key) => `reads ${key}`),
    ...change.removedDeps.map((key) => `no longer reads ${key}`),
    ...change.addedColumns.map((name) => `new column ${name}`),
    ...change.removedColumns.map((name) => `column ${name} was removed`),
    ...change.rewiredColumns.map((name) => `column ${name} is computed differently`),
  ];
  if (lines.length === 0) return {};
  const named = lines.slice(0, maxChangesNamed);
  const others = lines.length - named.length;
  return { [sigmaLabels.changes]: [...named, ...(others > 0 ? [`and ${others} more`] : [])].join("\n") };
}
