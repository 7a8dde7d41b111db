import type { CallFailure, MemberState } from "../../state/organization-state.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";

/** Fetches the members in `wantedIds`, including deactivated and archived ones. */
export async function fetchMembers(
  context: FetchContext,
  failures: CallFailure[],
  wantedIds: ReadonlySet<string>,
): Promise<readonly MemberState[]> {
  if (wantedIds.size === 0) return [];
  const rows = await orNote(context, failures, "members", () =>
    context.client.members
      .list({ includeArchived: true, includeInactive: true }, { signal: context.signal })
      .toArray(),
  );
  return (rows ?? [])
    .filter(({ memberId }) => wantedIds.has(memberId))
    .map(({ memberId, email, isInactive, isArchived }) => ({
      id: memberId,
      email: email ?? null,
      isInactive: isInactive === true || isArchived === true,
    }));
}
