import type { TableMatch } from "@dagster-sigma/asset-graph";
import type { Diagnostic } from "@dagster-sigma/foundation";
import { buildDiagnostic } from "../diagnostics/diagnostic-codes.ts";

/** Tables named in one message before the rest is only counted. */
const maxNamed = 5;

/** One for each table that several assets may be, one for all that none is. */
export function matchDiagnostics(matches: readonly TableMatch[]): readonly Diagnostic[] {
  const ambiguous = matches.filter(({ candidates }) => candidates.length > 0);
  const unmatched = matches.filter(
    ({ matchedBy, candidates }) => matchedBy === null && candidates.length === 0,
  );
  return [
    ...ambiguous.map(({ table, candidates }) => {
      const keys = candidates.map((key) => `"${key.toUserString()}"`).join(", ");
      const object = { type: "table", id: table, name: table, url: null };
      return buildDiagnostic("UPSTREAM_AMBIGUOUS", object, `The table ${table} may be any of ${keys}.`);
    }),
    ...(unmatched.length === 0 ? [] : [unmatchedDiagnostic(unmatched, matches.length)]),
  ];
}

function unmatchedDiagnostic(unmatched: readonly TableMatch[], total: number): Diagnostic {
  const named = unmatched.slice(0, maxNamed).map(({ table }) => table);
  const others = unmatched.length - named.length;
  const which = `${named.join(", ")}${others > 0 ? ` and ${others} more` : ""}`;
  return buildDiagnostic(
    "UPSTREAM_UNMATCHED",
    null,
    `${unmatched.length} of ${total} tables match no asset of the rest of the graph: ${which}.`,
  );
}
