import type { Dataset, DatasetRun, Organization } from "../organization/organization.ts";
import { type AuditEntry, auditEntry } from "./audit.ts";
import { pageUrl } from "./documents.ts";

export interface DatasetEntry extends AuditEntry {
  readonly datasetId: string;
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly owner: string;
  readonly path: string;
  readonly referenceCount: number;
  readonly migrationStatus: "migrated" | "not-migrated";
  readonly migrationToDataModel: {
    readonly dataModelId: string;
    readonly dataModelUrl: string;
    readonly migratedAt: string;
    readonly migratedBy: string;
  } | null;
  readonly isArchived: boolean;
}

export function datasetEntry(organization: Organization, dataset: Dataset): DatasetEntry {
  const { migratedTo } = dataset;
  return {
    datasetId: dataset.id,
    ...auditEntry(dataset),
    name: dataset.name,
    description: dataset.description,
    url: pageUrl(organization, "b", dataset.id),
    owner: dataset.owner.id,
    path: dataset.path,
    referenceCount: organization.datasets.filter((other) => other.sources.includes(dataset)).length,
    migrationStatus: migratedTo === null ? "not-migrated" : "migrated",
    migrationToDataModel:
      migratedTo === null
        ? null
        : {
            dataModelId: migratedTo.id,
            dataModelUrl: pageUrl(organization, "data-model", migratedTo.id),
            migratedAt: migratedTo.createdAt,
            migratedBy: migratedTo.createdBy.id,
          },
    isArchived: dataset.isArchived,
  };
}

export interface DatasetSourceEntry {
  readonly type: "dataset" | "table";
  readonly inodeId: string;
}

export function datasetSourceEntries(dataset: Dataset): DatasetSourceEntry[] {
  return dataset.sources.map((source) => ({ type: source.kind, inodeId: source.id }));
}

export interface DatasetRunEntry {
  readonly status: "success" | "failed" | "marked" | "swept";
  readonly finishedAt: string;
  readonly error: string | null;
  readonly runtimeSecs: number;
  readonly numRows: number;
  readonly numBytes: number;
}

/** Latest first, as in Sigma. */
export function datasetRunEntries({ runs }: Dataset): DatasetRunEntry[] {
  // The vendor's types lack some statuses.
  return runs.map((run: DatasetRun) => ({ ...run }) as DatasetRunEntry).reverse();
}
