import type { Member, Organization, Team } from "../organization/organization.ts";
import { type AuditEntry, auditEntry } from "./audit.ts";
import { folderId } from "./files.ts";

export interface MemberEntry extends AuditEntry {
  readonly organizationId: string;
  readonly memberId: string;
  readonly memberType: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly profileImgUrl: null;
  readonly homeFolderId: string;
  readonly userKind: string;
  readonly isArchived: boolean;
  readonly isInactive: boolean;
}

export function memberEntry(organization: Organization, member: Member): MemberEntry {
  return {
    organizationId: organization.id,
    memberId: member.id,
    memberType: member.memberType,
    firstName: member.firstName,
    lastName: member.lastName,
    email: member.email,
    profileImgUrl: null,
    createdBy: member.id,
    updatedBy: member.id,
    createdAt: member.createdAt,
    updatedAt: member.createdAt,
    homeFolderId: folderId(organization, `home/${member.id}`),
    userKind: "internal",
    isArchived: member.isArchived,
    isInactive: member.isInactive,
  };
}

export interface TeamEntry extends AuditEntry {
  readonly teamId: string;
  readonly name: string;
  readonly description: string | null;
  readonly visibility: "public";
  readonly isArchived: boolean;
}

export function teamEntry(team: Team): TeamEntry {
  return {
    teamId: team.id,
    name: team.name,
    description: team.description,
    visibility: "public",
    isArchived: false,
    ...auditEntry(team),
  };
}

export interface TeamMemberEntry {
  readonly userId: string;
  readonly isTeamAdmin: boolean;
  readonly addedBy: string;
}

export function teamMemberEntries(team: Team): TeamMemberEntry[] {
  return team.members.map((member, index) => ({
    userId: member.id,
    isTeamAdmin: index === 0,
    addedBy: team.createdBy.id,
  }));
}
