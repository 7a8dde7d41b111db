import type { Diagnostic } from "@dagster-sigma/foundation";
import type { AssetKey } from "../keys/asset-key.ts";

/** What a load of assets from somewhere else found on its way, kept with the assets that came from it. */
export interface LoadReport {
  /** Where from, for people: a base URL or a file. */
  readonly source: string;
  /** The file that the load read, or wrote; null when there was none. */
  readonly snapshotFile: string | null;
  /** The file in which the state is kept from load to load; null when it is not. */
  readonly stateFile: string | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Requests sent, retries included; 0 when read from a file. */
  readonly requests: number;
  readonly wallMs: number;
  /** When the rows were fetched, ISO 8601. */
  readonly fetchedAt: string;
  /** What limits the load saw under, as a phrase such as `as the credentials see it`; null when it saw everything. */
  readonly scope: string | null;
  /** What became of each table that matchers of upstream assets were asked about. */
  readonly matches: readonly TableMatch[];
  /** What became of everything that was there to be loaded; empty where that is not counted. */
  readonly outcomes: readonly OutcomeCounts[];
  /** What else people should know of the load, in full sentences. */
  readonly notes: readonly string[];
}

/** How many things of a sort ended in which outcome; each is counted once. */
export interface OutcomeCounts {
  /** The sort, for example `workbook` or `column`. */
  readonly what: string;
  /** By outcome, those that did not occur too. */
  readonly counts: Readonly<Record<string, number>>;
}

/** A table of a warehouse, and the asset that the rest of the graph has for it. */
export interface TableMatch {
  /** The parts of its path joined with dots, in lower case. */
  readonly table: string;
  readonly key: AssetKey;
  /** Name of the matcher; null when none matched. */
  readonly matchedBy: string | null;
  /** Where a matcher found several: all of them. */
  readonly candidates: readonly AssetKey[];
}

/** Where an asset spec comes from. Never leaves the process; messages about the asset quote it. */
export interface AssetOrigin {
  /** For people: what it is, where it is, how to open it. */
  readonly label: string;
  readonly load: LoadReport | null;
  /** What the asset stands for in its own tool; null for an asset that is defined by hand. */
  readonly object: OriginObject | null;
}

/** An object of another tool that became an asset. Sensors, checks and differences find their assets by it. */
export interface OriginObject {
  /** The tool, for example `sigma`. */
  readonly tool: string;
  /** The tool's own word for it, for example `workbook`. */
  readonly type: string;
  /** Unique among the objects of its type. */
  readonly id: string;
  /** Id of the organization in the tool; null when unknown. */
  readonly organization: string | null;
  /** Version when it was loaded; null when the tool reports none. */
  readonly version: number | null;
}

/** Something that remembers the loads it did, so that a load which gave no asset is not forgotten. */
export interface LoadReporting {
  readonly loadReports: readonly LoadReport[];
}

export function isLoadReporting(value: unknown): value is LoadReporting {
  return (
    typeof value === "object" && value !== null && "loadReports" in value && Array.isArray(value.loadReports)
  );
}
