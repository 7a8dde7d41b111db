import type { HostileAnswer } from "./hostile-server.ts";

/** The requests that get hostile answers. */
export type HostileRoute = "workbooks" | "lineage" | "columns" | "sign-in" | "every call";

/**
 * What a load may do: `same` graph, `less` with a diagnostic (or stale), or `refused` with one of these error codes.
 */
export type Allowed = "same" | "less" | `refused: ${string}`;

export interface HostileCase {
  readonly name: string;
  readonly route: HostileRoute;
  readonly answer: HostileAnswer;
  readonly allowed: readonly Allowed[];
  /** Whether the load waits for time limits; it then runs beside others. */
  readonly isSlow?: true;
}

const patterns: Readonly<Record<HostileRoute, RegExp>> = {
  workbooks: /^\/v2\/workbooks$/,
  lineage: /^\/v2\/workbooks\/[^/]+\/lineage$/,
  columns: /^\/v2\/workbooks\/[^/]+\/columns$/,
  "sign-in": /^\/v2\/auth\/token$/,
  "every call": /^\/v2\/(?!auth)/,
};

export function isAttacked(route: HostileRoute, path: string): boolean {
  return patterns[route].test(path);
}

/** The errors with which a load may end. */
export function ends(...codes: readonly string[]): readonly Allowed[] {
  return codes.map((code) => `refused: ${code}` as const);
}

/** The same answer to the listing, whose failure ends the load, and to a detail of documents, whose failure does not. */
export function onBoth(
  name: string,
  answer: HostileAnswer,
  codes: readonly string[],
  more: Pick<HostileCase, "isSlow"> = {},
): readonly HostileCase[] {
  return [
    { name, route: "workbooks", answer, allowed: ends(...codes), ...more },
    { name, route: "lineage", answer, allowed: ["less", "same"], ...more },
  ];
}
