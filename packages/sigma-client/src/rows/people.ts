import {
  type Audited,
  audited,
  type Optional,
  optionalFlag,
  optionalText,
  optionalTexts,
  type Row,
} from "./fields.ts";
import { type RowShape, row, text } from "./row-shape.ts";

/** `GET /v2/members`. */
export interface MemberRow extends Audited {
  /** About 28 characters; not a UUID. */
  readonly memberId: string;
  /** E-mail address. */
  readonly email?: Optional<string>;
  /** First name. */
  readonly firstName?: Optional<string>;
  /** Last name. */
  readonly lastName?: Optional<string>;
  /** Name of the account type. */
  readonly memberType?: Optional<string>;
  /** Whether the member is deactivated. */
  readonly isInactive?: Optional<boolean>;
}

export const memberRow: RowShape<MemberRow> = row({
  ...audited,
  memberId: text,
  email: optionalText,
  firstName: optionalText,
  lastName: optionalText,
  memberType: optionalText,
  isInactive: optionalFlag,
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
  teamId: text,
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
  userId: text,
  isTeamAdmin: optionalFlag,
});

/** `GET /v2/whoami`. */
export interface WhoAmIRow extends Row {
  /** Member id of the credentials' owner. */
  readonly userId: string;
  /** UUID of the organization. */
  readonly organizationId: string;
}

export const whoAmIRow: RowShape<WhoAmIRow> = row({
  userId: text,
  organizationId: text,
});
