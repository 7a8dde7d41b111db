import type { MemberRow, TeamMemberRow, TeamRow, WhoAmIRow, WorkspaceRow } from "@dagster-sigma/sigma-client";
import { list, row } from "./container-rules.ts";
import { audit } from "./document-rows.ts";
import { userKind, visibility } from "./known-values.ts";
import { email, flag, freeText, id, name } from "./scalar-rules.ts";
import type { ValueRule } from "./value-rule.ts";

/** Rows of members, teams and workspaces. */

export const whoAmI: ValueRule = row<WhoAmIRow>("credentials", { userId: id, organizationId: id });

export const member: ValueRule = row<MemberRow>("member", {
  ...audit,
  organizationId: id,
  memberId: id,
  memberType: name,
  firstName: name,
  lastName: name,
  email,
  homeFolderId: id,
  userKind,
  isInactive: flag,
});

export const team: ValueRule = row<TeamRow>("team", {
  ...audit,
  teamId: id,
  name,
  description: freeText,
  visibility,
  members: list(id),
});

export const teamMember: ValueRule = row<TeamMemberRow>("member of a team", {
  userId: id,
  isTeamAdmin: flag,
  addedBy: id,
});

export const workspace: ValueRule = row<WorkspaceRow>("workspace", {
  ...audit,
  workspaceId: id,
  workspaceUrlId: id,
  name,
});
