import { groupBy } from "@dagster-sigma/foundation";
import type { MutatedRow } from "./mutate-rows.ts";

const outcomes = ["same", "reported", "shown", "refused", "wrong"] as const;

/** Rows of a table: the route, the number of mutations, and the number of each outcome; the last row is the sum. */
export function countByRoute(mutated: readonly MutatedRow[]): readonly (readonly (string | number)[])[] {
  const countsOf = (some: readonly MutatedRow[]): readonly number[] => [
    some.length,
    ...outcomes.map((outcome) => some.filter(({ judged }) => judged.outcome === outcome).length),
  ];
  const routes = [...groupBy(mutated, ({ route }) => route)].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...routes.map(([route, some]) => [`\`${route}\``, ...countsOf(some)]),
    ["all", ...countsOf(mutated)],
  ];
}
