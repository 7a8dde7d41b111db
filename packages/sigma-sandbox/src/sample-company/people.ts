import type { Member, VersionTag } from "../organization/organization.ts";
import type { OrganizationBuilder } from "../organization/organization-builder.ts";

export interface People {
  readonly amara: Member;
  readonly bruno: Member;
  readonly chiyo: Member;
  readonly dana: Member;
  readonly elif: Member;
  readonly farid: Member;
  readonly greta: Member;
  readonly hugo: Member;
  /** Deactivated, but still owns documents. */
  readonly ines: Member;
  /** A service account whose address Dagster rejects as an owner. */
  readonly robot: Member;
  readonly production: VersionTag;
  readonly audited: VersionTag;
}

export function addPeople(company: OrganizationBuilder): People {
  const amara = company.member("Amara Okafor", "amara.okafor@harborcoffee.example", { memberType: "Admin" });
  const bruno = company.member("Bruno Costa", "bruno.costa@harborcoffee.example");
  const chiyo = company.member("Chiyo Tanaka", "chiyo.tanaka@harborcoffee.example");
  const dana = company.member("Dana Whitfield", "dana.whitfield@harborcoffee.example");
  const elif = company.member("Elif Demir", "elif.demir@harborcoffee.example");
  const farid = company.member("Farid Haddad", "farid.haddad@harborcoffee.example", { memberType: "Viewer" });
  const greta = company.member("Greta Lindqvist", "greta.lindqvist@harborcoffee.example");
  const hugo = company.member("Hugo Martins", "hugo.martins@harborcoffee.example");
  const ines = company.member("Inês Prata", "ines.prata@harborcoffee.example", { isInactive: true });
  const robot = company.member("Nightly Export", "nightly-export@harbor-automation");
  company.team("Analytics", "Owns the data models.", [amara, bruno, chiyo]);
  company.team("Finance", "Close, budget, board.", [dana, elif]);
  company.team("Café operations", null, [hugo, greta]);
  const production = company.versionTag("Production", "What the company looks at.", amara);
  const audited = company.versionTag("Audited", "Checked by Finance for the quarter.", dana);
  return { amara, bruno, chiyo, dana, elif, farid, greta, hugo, ines, robot, production, audited };
}
