import type { Listing } from "../listing.ts";
import {
  type MemberRow,
  memberRow,
  type TeamMemberRow,
  type TeamRow,
  teamMemberRow,
  teamRow,
} from "../rows/people.ts";
import type { CallOptions, SigmaApi } from "../sigma-api.ts";

export interface ListMembersQuery {
  readonly email?: string;
  /** Members who were removed; documents of theirs stay. */
  readonly includeArchived?: boolean;
  readonly includeInactive?: boolean;
}

/** `/v2/members` */
export class Members {
  readonly #api: SigmaApi;

  constructor(api: SigmaApi) {
    this.#api = api;
  }

  list(query: ListMembersQuery = {}, options: CallOptions = {}): Listing<MemberRow> {
    const call = { kind: "listing", path: "members", query: { ...query }, ...options } as const;
    return this.#api.list(call, memberRow, (row) => row.memberId);
  }

  get(id: string, options: CallOptions = {}): Promise<MemberRow> {
    return this.#api.one(memberRow, {
      kind: "detail",
      path: `members/${encodeURIComponent(id)}`,
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

  list(query: { readonly name?: string } = {}, options: CallOptions = {}): Listing<TeamRow> {
    const call = { kind: "listing", path: "teams", query: { ...query }, ...options } as const;
    return this.#api.list(call, teamRow, (row) => row.teamId);
  }

  /** With its `members`. */
  get(id: string, options: CallOptions = {}): Promise<TeamRow> {
    return this.#api.one(teamRow, { kind: "detail", path: `teams/${encodeURIComponent(id)}`, ...options });
  }

  members(id: string, options: CallOptions = {}): Listing<TeamMemberRow> {
    const path = `teams/${encodeURIComponent(id)}/members`;
    return this.#api.list({ kind: "listing", path, ...options }, teamMemberRow, (row) => row.userId);
  }
}
