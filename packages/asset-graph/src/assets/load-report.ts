import type { Diagnostic, DiagnosticExplanation } from "@dagster-sigma/foundation";
import type { AssetKey } from "../keys/asset-key.ts";

/** Report of a load of assets from another system; kept with the assets that it returned. */
export interface LoadReport {
  /** Where the assets were loaded from, for display: a base URL or a file. */
  readonly source: string;
  /** Name of the organization that was loaded, for display; null or omitted if unknown. */
  readonly organization?: string | null;
  /** The file that the load read or wrote; null if none. */
  readonly snapshotFile: string | null;
  /** The file that stores the state between loads; null if it is not stored. */
  readonly stateFile: string | null;
  /** Problems that did not stop the load. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the codes of the diagnostics mean, by code. Default: not explained. */
  readonly explanations?: Readonly<Record<string, DiagnosticExplanation>>;
  /** Number of requests sent, including retries; 0 when read from a file. */
  readonly requests: number;
  /** Duration of the load, in milliseconds. */
  readonly wallMs: number;
  /** When the rows were fetched, ISO 8601. */
  readonly fetchedAt: string;
  /** Why the load may have missed objects, as a phrase such as `as the credentials see it`; null if it returned all. */
  readonly scope: string | null;
  /** The result for each table that was looked up with matchers of upstream assets. */
  readonly matches: readonly TableMatch[];
  /** Counts of the loaded objects by outcome; empty if they are not counted. */
  readonly outcomes: readonly OutcomeCounts[];
  /** Other information about the load, in full sentences. */
  readonly notes: readonly string[];
}

/** Number of objects of one type in each outcome; each object is counted once. */
export interface OutcomeCounts {
  /** The type, for example `workbook` or `column`. */
  readonly what: string;
  /** Counts by outcome, including outcomes that did not occur. */
  readonly counts: Readonly<Record<string, number>>;
}

/** A warehouse table, and the asset that represents it in the rest of the graph. */
export interface TableMatch {
  /** The parts of its path joined with dots, in lower case. */
  readonly table: string;
  readonly key: AssetKey;
  /** Name of the matcher; null if none matched. */
  readonly matchedBy: string | null;
  /** All candidates, if a matcher found several. */
  readonly candidates: readonly AssetKey[];
}

/** Where an asset spec comes from. Never leaves the process; error messages about the asset quote it. */
export interface AssetOrigin {
  /** For display: the type of the object, its location, and how to open it. */
  readonly label: string;
  readonly load: LoadReport | null;
  /** The object that the asset represents in its own tool; null for an asset that is defined by hand. */
  readonly object: OriginObject | null;
}

/** An object of another tool that is represented by an asset. Sensors, checks and differences find assets by it. */
export interface OriginObject {
  /** The tool, for example `sigma`. */
  readonly tool: string;
  /** The tool's name for the type, for example `workbook`. */
  readonly type: string;
  /** Unique among the objects of its type. */
  readonly id: string;
  /** Id of the organization in the tool; null if unknown. */
  readonly organization: string | null;
  /** Version at the time of the load; null if the tool reports none. */
  readonly version: number | null;
}

/** An object that keeps the reports of its loads, including loads that returned no assets. */
export interface LoadReporting {
  readonly loadReports: readonly LoadReport[];
}

/** Whether a resource keeps the reports of its loads. */
export function isLoadReporting(value: unknown): value is LoadReporting {
  return (
    typeof value === "object" && value !== null && "loadReports" in value && Array.isArray(value.loadReports)
  );
}
