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

/** The report of a published version. */
export interface VersionReport {
  readonly version: number | null;
  /** ISO 8601; "" if unknown. */
  readonly updatedAt: string;
  /** E-mail address, or the member id if the address is unknown. */
  readonly updatedBy: string | null;
  readonly url: string | null;
  /** One change per line; null for none. */
  readonly changes: string | null;
}

/** @param change of the document's asset; undefined if unknown */
export function versionReport(
  { version, updatedAt, updatedBy, url }: ListedDocument,
  emails: ReadonlyMap<string, string>,
  change: AssetChange | undefined,
): VersionReport {
  return {
    version,
    updatedAt,
    updatedBy: updatedBy === null ? null : (emails.get(updatedBy) ?? updatedBy),
    url,
    changes: change === undefined ? null : changeText(change),
  };
}

/** The observation of a published version. */
export function observationOf(
  { version, updatedAt, updatedBy, url, changes }: VersionReport,
  spec: AssetSpec,
): AssetObservation {
  const updatedMs = Date.parse(updatedAt);
  const metadata: RawMetadata = {
    ...(version === null ? {} : { [sigmaLabels.version]: version }),
    ...(Number.isNaN(updatedMs)
      ? {}
      : { [sigmaLabels.updatedAt]: MetadataValue.timestamp(updatedMs / 1_000) }),
    ...(updatedBy === null ? {} : { [sigmaLabels.updatedBy]: updatedBy }),
    ...(url === null ? {} : { [sigmaLabels.webUrl]: MetadataValue.url(url) }),
    ...(changes === null ? {} : { [sigmaLabels.changes]: changes }),
  };
  return new AssetObservation({
    assetKey: spec.key,
    metadata,
    ...(version === null ? {} : { dataVersion: String(version) }),
  });
}

/** The changes as text, one per line. */
function changeText(change: AssetChange): string | null {
  const lines = [
    ...change.addedDeps.map((key) => `reads ${key}`),
    ...change.removedDeps.map((key) => `no longer reads ${key}`),
    ...change.addedColumns.map((name) => `new column ${name}`),
    ...change.removedColumns.map((name) => `column ${name} was removed`),
    ...change.rewiredColumns.map((name) => `column ${name} is computed differently`),
  ];
  if (lines.length === 0) return null;
  const named = lines.slice(0, maxChangesNamed);
  const others = lines.length - named.length;
  return [...named, ...(others > 0 ? [`and ${others} more`] : [])].join("\n");
}
