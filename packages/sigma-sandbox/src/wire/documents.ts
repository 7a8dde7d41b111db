import { urlIdOf } from "../organization/base62.ts";
import type { DataModel, Organization, Workbook } from "../organization/organization.ts";
import { type AuditEntry, auditEntry } from "./audit.ts";

interface DocumentEntry extends AuditEntry {
  readonly name: string;
  readonly url: string;
  readonly path: string;
  readonly latestVersion: number;
  readonly ownerId: string;
  readonly isArchived: boolean;
}

export interface WorkbookTagEntry {
  readonly versionTagId: string;
  readonly name: string;
  readonly sourceWorkbookVersion: number;
  readonly taggedWorkbookId: string;
  readonly workbookTaggedAt: string;
}

export interface WorkbookEntry extends DocumentEntry {
  readonly workbookId: string;
  readonly workbookUrlId: string;
  readonly description?: string;
  readonly tags?: WorkbookTagEntry[];
}

export interface DataModelTagEntry {
  readonly versionTagId: string;
  readonly tagName: string;
  readonly sourceVersion: number;
  readonly taggedAt: string;
}

export interface DataModelEntry extends DocumentEntry {
  readonly dataModelId: string;
  readonly dataModelUrlId: string;
  readonly tags?: DataModelTagEntry[];
}

/** URL of a document. */
export function pageUrl(
  organization: Organization,
  type: "workbook" | "data-model" | "b",
  id: string,
): string {
  return `https://app.sigmacomputing.com/${organization.slug}/${type}/${urlIdOf(id)}`;
}

export function workbookEntry(organization: Organization, workbook: Workbook): WorkbookEntry {
  return {
    workbookId: workbook.id,
    workbookUrlId: urlIdOf(workbook.id),
    ...documentEntry(workbook, pageUrl(organization, "workbook", workbook.id)),
    ...(workbook.description === null ? {} : { description: workbook.description }),
    ...(workbook.tags.length === 0 ? {} : { tags: workbookTagEntries(workbook) }),
  };
}

export function workbookTagEntries(workbook: Workbook): WorkbookTagEntry[] {
  return workbook.tags.map(({ tag, sourceVersion, taggedDocumentId, taggedAt }) => ({
    versionTagId: tag.id,
    name: tag.name,
    sourceWorkbookVersion: sourceVersion,
    taggedWorkbookId: taggedDocumentId,
    workbookTaggedAt: taggedAt,
  }));
}

export function dataModelEntry(organization: Organization, model: DataModel): DataModelEntry {
  return {
    dataModelId: model.id,
    dataModelUrlId: urlIdOf(model.id),
    ...documentEntry(model, pageUrl(organization, "data-model", model.id)),
    ...(model.tags.length === 0 ? {} : { tags: dataModelTagEntries(model) }),
  };
}

export function dataModelTagEntries(model: DataModel): DataModelTagEntry[] {
  return model.tags.map(({ tag, sourceVersion, taggedAt }) => ({
    versionTagId: tag.id,
    tagName: tag.name,
    sourceVersion,
    taggedAt,
  }));
}

/** A version of a workbook; publication times are spread over its lifetime. */
export interface VersionEntry {
  readonly version: number;
  readonly publishedAt: string;
  readonly publishedBy: string;
}

export function versionEntries(workbook: Workbook): VersionEntry[] {
  const created = Date.parse(workbook.createdAt);
  const step = (Date.parse(workbook.updatedAt) - created) / Math.max(1, workbook.version - 1);
  return Array.from({ length: workbook.version }, (_, index) => ({
    version: index + 1,
    publishedAt: new Date(created + index * step).toISOString(),
    publishedBy: workbook.updatedBy.id,
  }));
}

function documentEntry(document: Workbook | DataModel, url: string): DocumentEntry {
  return {
    name: document.name,
    url,
    path: document.path,
    latestVersion: document.version,
    ownerId: document.owner.id,
    ...auditEntry(document),
    isArchived: document.isArchived,
  };
}
