import { urlIdOf } from "../organization/base62.ts";
import type { Organization, VersionTag } from "../organization/organization.ts";
import { type AuditEntry, auditEntry } from "./audit.ts";
import { fileEntries } from "./files.ts";

export interface WorkspaceEntry extends AuditEntry {
  readonly workspaceId: string;
  readonly workspaceUrlId: string;
  readonly name: string;
}

export function workspaceEntries(organization: Organization): WorkspaceEntry[] {
  return fileEntries(organization)
    .filter((file) => file.type === "workspace")
    .map(({ id, name, createdBy, updatedBy, createdAt, updatedAt }) => ({
      workspaceId: id,
      workspaceUrlId: urlIdOf(id),
      name,
      createdBy,
      updatedBy,
      createdAt,
      updatedAt,
    }));
}

export interface VersionTagEntry extends AuditEntry {
  readonly versionTagId: string;
  readonly name: string;
  readonly ownerId: string;
  readonly description: string;
  readonly isArchived: boolean;
}

export function versionTagEntry(tag: VersionTag): VersionTagEntry {
  return {
    versionTagId: tag.id,
    name: tag.name,
    ownerId: tag.createdBy.id,
    description: tag.description,
    isArchived: false,
    ...auditEntry(tag),
  };
}
