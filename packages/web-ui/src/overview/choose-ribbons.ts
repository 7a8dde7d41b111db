import type { Connection } from "./overview.ts";

/** Up to this number, all connections are drawn. */
const mostOfAll = 60;
/** Otherwise the strongest, until this number or this share of the dependencies. */
const mostOfStrongest = 48;
const enoughShare = 0.9;

/** The connections that are drawn at rest: all if they are few; else the strongest of each box, and the strongest of all. */
export function chooseRibbons(connections: readonly Connection[]): readonly Connection[] {
  if (connections.length <= mostOfAll) return connections;
  const sorted = [...connections].sort((a, b) => b.dependencies - a.dependencies || compareEnds(a, b));
  const chosen = new Set<Connection>();
  const seen = new Set<string>();
  for (const connection of sorted)
    for (const end of [`out ${connection.from}`, `in ${connection.to}`])
      if (!seen.has(end)) {
        seen.add(end);
        chosen.add(connection);
      }
  const total = connections.reduce((sum, { dependencies }) => sum + dependencies, 0);
  let drawn = [...chosen].reduce((sum, { dependencies }) => sum + dependencies, 0);
  for (const connection of sorted) {
    if (chosen.size >= mostOfStrongest || drawn >= enoughShare * total) break;
    if (chosen.has(connection)) continue;
    chosen.add(connection);
    drawn += connection.dependencies;
  }
  return sorted.filter((connection) => chosen.has(connection));
}

/** The same data gives the same picture. */
function compareEnds(a: Connection, b: Connection): number {
  return `${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1;
}
