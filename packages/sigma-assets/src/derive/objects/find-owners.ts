import { isValidOwner } from "@dagster-sigma/asset-graph";
import type { Diagnostic } from "@dagster-sigma/foundation";
import type { OrganizationState } from "../../state/organization-state.ts";
import { buildDiagnostic } from "../diagnostics/diagnostic-codes.ts";

/** The owner of a document. */
export interface Ownership {
  /** E-mail address; null if the owner is unknown or Dagster does not accept the address. */
  readonly ownerEmail: string | null;
  /** Whether the owner is deactivated or archived. */
  readonly isOwnerInactive: boolean;
}

/** Finds the owner of a document. */
export type OwnerLookup = (memberId: string | null | undefined) => Ownership;

const nobody: Ownership = { ownerEmail: null, isOwnerInactive: false };

/** Reports each unknown owner, and each address that Dagster rejects, once. */
export function createOwnerLookup(
  { members, failures }: Pick<OrganizationState, "members" | "failures">,
  diagnostics: Diagnostic[],
): OwnerLookup {
  const byId = new Map(members.map((member) => [member.id, member]));
  const told = new Set<string>();
  const membersMissing = failures.some(({ subject }) => subject === "members");
  const tell = (id: string, code: "OWNER_UNKNOWN" | "OWNER_INVALID", what: string): Ownership => {
    if (!told.has(id) && !membersMissing) {
      diagnostics.push(buildDiagnostic(code, { type: "member", id, name: id, url: null }, what));
    }
    told.add(id);
    return { ...nobody, isOwnerInactive: byId.get(id)?.isInactive === true };
  };
  return (memberId) => {
    if (memberId == null || memberId === "") return nobody;
    const { email = null, isInactive = false } = byId.get(memberId) ?? {};
    if (email === null)
      return tell(memberId, "OWNER_UNKNOWN", `The member ${memberId} owns documents and is not listed.`);
    if (isValidOwner(email)) return { ownerEmail: email, isOwnerInactive: isInactive };
    return tell(
      memberId,
      "OWNER_INVALID",
      `The member ${memberId} owns documents and has the address "${email}".`,
    );
  };
}
