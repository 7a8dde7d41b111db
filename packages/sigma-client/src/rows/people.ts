import {
  type Audited,
  audited,
  type Optional,
  optionalFlag,
  optionalText,
  optionalTexts,
  type Row,
} from "./fields.ts";
import { id, type RowShape, row, unchecked } from "./row-shape.ts";

/** `GET /v2/members`. */
export interface MemberRow extends Row {
  /** About 28 characters; not a UUID. */
  readonly memberId: string;
  /** E-mail address. */
  readonly email?: Optional<string>;
  /** First name. */
  readonly firstName?: unknown;
  /** Last name. */
  readonly lastName?: unknown;
  /** Name of the account type. */
  readonly memberType?: unknown;
  /** Whether the member is deactivated. */
  readonly isInactive?: Optional<boolean>;
  /** Whether the member was removed. */
  readonly isArchived?: Optional<boolean>;
}

export const memberRow: RowShape<MemberRow> = row({
  memberId: id,
  email: optionalText,
  firstName: unchecked,
  lastName: unchecked,
  memberType: unchecked,
  isInactive: optionalFlag,
  isArchived: optionalFlag,
});

/** `GET /v2/teams` and `GET /v2/teams/{id}`. */
export interface TeamRow extends Audited {
  /** UUID. */
  readonly teamId: string;
  /** Display name. */
  readonly name?: Optional<string>;
  /** Description in Sigma. */
  readonly description?: Optional<string>;
  /** Member ids; missing in the listing. */
  readonly members?: Optional<readonly string[]>;
}

export const teamRow: RowShape<TeamRow> = row({
  ...audited,
  teamId: id,
  name: optionalText,
  description: optionalText,
  members: optionalTexts,
});

/** `GET /v2/teams/{id}/members`. */
export interface TeamMemberRow extends Row {
  /** Member id. */
  readonly userId: string;
  /** Whether the member administers the team. */
  readonly isTeamAdmin?: Optional<boolean>;
}

export const teamMemberRow: RowShape<TeamMemberRow> = row({
  userId: id,
  isTeamAdmin: optionalFlag,
});

/** `GET /v2/whoami`. */
export interface WhoAmIRow extends Row {
  /** Member id of the credentials' owner. */
  readonly userId?: unknown;
  /** UUID of the organization. */
  readonly organizationId: string;
}

export const whoAmIRow: RowShape<WhoAmIRow> = row({
  userId: unchecked,
  organizationId: id,
});
