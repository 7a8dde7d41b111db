import type { ValueRule } from "../rules/value-rule.ts";
import { routeTable } from "./route-table.ts";

/** The route of a request. */
export interface FoundRoute {
  /** `GET /v2/workbooks/{id}/lineage` */
  readonly route: string;
  /** The rule of its answers. */
  readonly rule: ValueRule;
  /** The ids in the path, decoded. */
  readonly ids: readonly string[];
}

/** Null for a path that is not in the table. */
export function findRoute(method: string, path: string): FoundRoute | null {
  const request = `${method} ${path}`;
  for (const { route, rule, pattern } of patterns) {
    const found = pattern.exec(request);
    if (found !== null) return { route, rule, ids: found.slice(1).map(decodeURIComponent) };
  }
  return null;
}

/** The path of a route with other ids. */
export function pathWith(route: string, ids: readonly string[]): string {
  let index = 0;
  const path = route.slice(route.indexOf(" ") + 1);
  return path.replace(/\{id\}/g, () => encodeURIComponent(ids[index++] ?? ""));
}

/** Routes without ids first: `connections/paths` is not a connection. */
const patterns = Object.entries(routeTable)
  .map(([route, rule]) => ({ route, rule, pattern: new RegExp(`^${route.replaceAll("{id}", "([^/:]+)")}$`) }))
  .sort((a, b) => a.route.split("{id}").length - b.route.split("{id}").length);
