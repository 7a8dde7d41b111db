import type { Audit } from "../organization/organization.ts";

/** Creation and change fields of every response. */
export interface AuditEntry {
  readonly createdBy: string;
  readonly updatedBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function auditEntry(object: Audit): AuditEntry {
  return {
    createdBy: object.createdBy.id,
    updatedBy: object.updatedBy.id,
    createdAt: object.createdAt,
    updatedAt: object.updatedAt,
  };
}
