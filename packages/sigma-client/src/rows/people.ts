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
  /** About 28 characters, no UUID. */
  readonly memberId: string;
  readonly email?: Optional<string>;
  readonly firstName?: Optional<string>;
  readonly lastName?: Optional<string>;
  /** Name of the account type. */
  readonly memberType?: Optional<string>;
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

/** `GET /v2/teams`; `members` only when one team is asked for. */
export interface TeamRow extends Audited {
  readonly teamId: string;
  readonly name?: Optional<string>;
  readonly description?: Optional<string>;
  /** Member ids. */
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
  readonly userId: string;
  readonly isTeamAdmin?: Optional<boolean>;
}

export const teamMemberRow: RowShape<TeamMemberRow> = row({
  userId: text,
  isTeamAdmin: optionalFlag,
});

/** `GET /v2/whoami`. */
export interface WhoAmIRow extends Row {
  readonly userId: string;
  readonly organizationId: string;
}

export const whoAmIRow: RowShape<WhoAmIRow> = row({
  userId: text,
  organizationId: text,
});
