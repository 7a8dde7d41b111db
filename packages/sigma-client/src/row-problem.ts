import type { FailedCall } from "./errors.ts";
import type { LeftOutPart } from "./rows/read-row.ts";

/**
 * A part of a response that is left out, because it does not have the documented type. The rest of the response is used.
 */
export interface RowProblem {
  /** Method and path, with `{id}` for every id: `GET /v2/workbooks/{id}/columns`. */
  readonly route: string;
  /** Method and path of the call: `GET /v2/workbooks/36f675cc-…/columns`. */
  readonly endpoint: string;
  /** Position of the row in all pages of the listing, from 0; 0 for a single object. */
  readonly row: number;
  /** The part, as a JSON path within the row: `$.tags[1].name`; `$` is the row itself. */
  readonly field: string;
  /** The expected type. */
  readonly expected: string;
  /** The type that was found; string values are omitted. */
  readonly found: string;
  /** Whether the whole row is left out, because it is no object or lacks a field that it cannot be used without. */
  readonly isRowLost: boolean;
  /** The id of a lost row, from another field; null if unknown. */
  readonly rowId: string | null;
}

/** Called with every {@link RowProblem}. */
export type OnRowProblem = (problem: RowProblem) => void;

/** Describes a part for the caller. */
export function buildRowProblem(
  call: FailedCall,
  row: number,
  part: LeftOutPart,
  lost: { readonly rowId: string | null } | null = null,
): RowProblem {
  return {
    route: routeOf(call.endpoint),
    endpoint: call.endpoint,
    row,
    ...part,
    isRowLost: lost !== null,
    rowId: lost?.rowId ?? null,
  };
}

/** The segments of paths that are no ids. */
const words: ReadonlySet<string> = new Set(
  `v2 workbooks dataModels datasets reports files connections paths tables members teams workspaces tags whoami pages
  elements columns lineage sources queries query version-history materialization-schedules materializationSchedules
  materializations materialization`.split(/\s+/),
);

let last = { endpoint: "", route: "" };

/** The route of a call, with `{id}` for every id. A page may have many problems, so the last result is kept. */
export function routeOf(endpoint: string): string {
  if (last.endpoint !== endpoint) last = { endpoint, route: writeRoute(endpoint) };
  return last.route;
}

function writeRoute(endpoint: string): string {
  const segments = endpoint.split("/").map((segment, index) => {
    if (index === 0 || words.has(segment)) return segment;
    const verb = segment.indexOf(":");
    return verb < 0 ? "{id}" : `{id}${segment.slice(verb)}`;
  });
  return segments.join("/");
}
