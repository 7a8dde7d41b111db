import type { Listing } from "../listing.ts";
import { pathSegment } from "../path-segment.ts";
import {
  type MemberRow,
  memberRow,
  type TeamMemberRow,
  type TeamRow,
  teamMemberRow,
  teamRow,
} from "../rows/people.ts";
import type { CallOptions, SigmaApi } from "../sigma-api.ts";

/** Query of `GET /v2/members`. */
export interface ListMembersQuery {
  /** Lists only the member with this e-mail address. */
  readonly email?: string;
  /** Includes removed members, who may still own documents. */
  readonly includeArchived?: boolean;
  /** Includes deactivated members. */
  readonly includeInactive?: boolean;
}

/** `/v2/members` */
export class Members {
  readonly #api: SigmaApi;

  constructor(api: SigmaApi) {
    this.#api = api;
  }

  /** `GET /v2/members` */
  list(query: ListMembersQuery = {}, options: CallOptions = {}): Listing<MemberRow> {
    const call = { kind: "listing", path: "members", query: { ...query }, ...options } as const;
    return this.#api.list(call, memberRow, (row) => row.memberId);
  }

  /** `GET /v2/members/{id}` */
  get(id: string, options: CallOptions = {}): Promise<MemberRow> {
    return this.#api.one(memberRow, {
      kind: "detail",
      path: `members/${pathSegment(id)}`,
      ...options,
    });
  }
}

/** `/v2/teams` */
export class Teams {
  readonly #api: SigmaApi;

  constructor(api: SigmaApi) {
    this.#api = api;
  }

  /** `GET /v2/teams` */
  list(query: { readonly name?: string } = {}, options: CallOptions = {}): Listing<TeamRow> {
    const call = { kind: "listing", path: "teams", query: { ...query }, ...options } as const;
    return this.#api.list(call, teamRow, (row) => row.teamId);
  }

  /** `GET /v2/teams/{id}`, with `members`. */
  get(id: string, options: CallOptions = {}): Promise<TeamRow> {
    return this.#api.one(teamRow, { kind: "detail", path: `teams/${pathSegment(id)}`, ...options });
  }

  /** `GET /v2/teams/{id}/members` */
  members(id: string, options: CallOptions = {}): Listing<TeamMemberRow> {
    const path = `teams/${pathSegment(id)}/members`;
    return this.#api.list({ kind: "listing", path, ...options }, teamMemberRow, (row) => row.userId);
  }
}
