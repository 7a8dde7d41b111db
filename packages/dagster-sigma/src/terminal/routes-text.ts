import type { Definitions } from "@dagster-sigma/asset-graph";
import type { RawAnswer } from "@dagster-sigma/sigma-client";
import { findRoute } from "../recording/routes/find-route.ts";
import { formatDiagnostics } from "./diagnostics-text.ts";
import { formatFlow, type TextOptions } from "./graph-text.ts";

/** The answers of one route. */
export interface RouteRow {
  /** `GET /v2/workbooks/{id}/lineage` */
  readonly route: string;
  readonly calls: number;
  /** Number of answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Total size of the bodies, in bytes. */
  readonly bytes: number;
}

/** Counts answers by route and status. */
export class RouteCounts {
  readonly #rows = new Map<string, { calls: number; statuses: Map<number, number>; bytes: number }>();

  add({ method, url, status, text }: RawAnswer): void {
    const route = findRoute(method, new URL(url).pathname)?.route ?? "other routes";
    const row = this.#rows.get(route) ?? { calls: 0, statuses: new Map<number, number>(), bytes: 0 };
    this.#rows.set(route, row);
    row.calls++;
    row.bytes += Buffer.byteLength(text);
    row.statuses.set(status, (row.statuses.get(status) ?? 0) + 1);
  }

  /** Most frequent first. */
  rows(): readonly RouteRow[] {
    return [...this.#rows]
      .map(([route, { calls, statuses, bytes }]) => ({
        route,
        calls,
        statuses: Object.fromEntries([...statuses].sort(([a], [b]) => a - b)),
        bytes,
      }))
      .sort((a, b) => b.calls - a.calls || (a.route < b.route ? -1 : 1));
  }
}

/** Prints the contents of the organization, the answers by route, and the diagnostics. */
export function formatRoutes(definitions: Definitions, counts: RouteCounts, options: TextOptions): string {
  const { bold, dim } = options.colors;
  const rows = counts.rows();
  const width = Math.max(...rows.map(({ route }) => route.length));
  const diagnostics = definitions.loadReports.flatMap((report) => report.diagnostics);
  return [
    `${bold(formatFlow(definitions.assetGraph) || "No assets")}\n\n`,
    `${bold("How its API answered")}\n`,
    ...rows.map(({ route, calls, statuses, bytes }) => {
      const told = Object.entries(statuses).map(([status, count]) => `${status} × ${count}`);
      return `  ${route.padEnd(width)} ${String(calls).padStart(6)} ${dim(`${(bytes / 1_024).toFixed(0)} kB`.padStart(9))}  ${told.join(", ")}\n`;
    }),
    ...(diagnostics.length === 0 ? [] : [`\n${bold("Noticed")}\n`, formatDiagnostics(diagnostics, options)]),
  ].join("");
}
