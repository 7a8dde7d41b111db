/**
 * How a dependency is known, most certain first: another tool reports it (`reported`), a formula contains it
 * (`formula`), SQL contains it (`sql`), or it is concluded from names (`name`).
 */
export const provenanceBases = ["reported", "formula", "sql", "name"] as const;

/** How a dependency is known; see {@link provenanceBases}. */
export type ProvenanceBasis = (typeof provenanceBases)[number];

/** Where a dependency comes from. It never leaves the process except in JSON output, and Dagster does not get it. */
export interface Provenance {
  /** How it is known. */
  readonly basis: ProvenanceBasis;
  /** The answer that contains it, for example `GET /v2/workbooks/{workbookId}/lineage`. */
  readonly route: string;
}

/** The distinct provenances, most certain first. */
export function mergeProvenances(provenances: Iterable<Provenance>): readonly Provenance[] {
  const distinct = new Map([...provenances].map((each) => [`${each.basis} ${each.route}`, each]));
  return [...distinct.values()].sort(
    (a, b) => provenanceBases.indexOf(a.basis) - provenanceBases.indexOf(b.basis),
  );
}
