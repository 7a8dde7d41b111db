import { isValidOwner } from "@dagster-sigma/asset-graph";
import type { Diagnostic } from "@dagster-sigma/foundation";
import { buildDiagnostic } from "../diagnostics/diagnostic-codes.ts";
import type { OrganizationState } from "../state/organization-state.ts";

/** Finds the e-mail address of the owner of a document. */
export type OwnerLookup = (memberId: string | null | undefined) => string | null;

/** Each owner who is unknown, or whose address Dagster refuses, is told once. */
export function createOwnerLookup(
  { members, failures }: Pick<OrganizationState, "members" | "failures">,
  diagnostics: Diagnostic[],
): OwnerLookup {
  const byId = new Map(members.map((member) => [member.id, member]));
  const told = new Set<string>();
  const membersMissing = failures.some(({ subject }) => subject === "members");
  const tell = (id: string, code: "OWNER_UNKNOWN" | "OWNER_INVALID", what: string): null => {
    if (!told.has(id) && !membersMissing) {
      diagnostics.push(buildDiagnostic(code, { type: "member", id, name: id, url: null }, what));
    }
    told.add(id);
    return null;
  };
  return (memberId) => {
    if (memberId == null || memberId === "") return null;
    const email = byId.get(memberId)?.email ?? null;
    if (email === null)
      return tell(memberId, "OWNER_UNKNOWN", `The member ${memberId} owns documents and is not listed.`);
    if (isValidOwner(email)) return email;
    return tell(
      memberId,
      "OWNER_INVALID",
      `The member ${memberId} owns documents and has the address "${email}".`,
    );
  };
}
