import type { TableMatch } from "@dagster-sigma/asset-graph";
import type { Diagnostic } from "@dagster-sigma/foundation";
import { buildDiagnostic } from "../diagnostics/diagnostic-codes.ts";

/** Maximum number of tables named in a message. */
const maxNamed = 5;

/** One diagnostic per ambiguous table, and one for all unmatched tables. */
export function matchDiagnostics(matches: readonly TableMatch[]): readonly Diagnostic[] {
  const ambiguous = matches.filter(({ candidates }) => candidates.length > 0);
  const unmatched = matches.filter(
    ({ matchedBy, candidates }) => matchedBy === null && candidates.length === 0,
  );
  return [
    ...ambiguous.map(({ table, candidates }) => {
      const keys = candidates.map((key) => `"${key.toUserString()}"`).join(", ");
      const object = { type: "table", id: table, name: table, url: null };
      return buildDiagnostic(
        "UPSTREAM_AMBIGUOUS",
        object,
        `The table ${table} matches several assets: ${keys}.`,
      );
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
    `${unmatched.length} of ${total} tables match no upstream asset: ${which}.`,
  );
}
