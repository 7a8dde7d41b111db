import type { PageContent } from "../encoding/page-content.ts";

/** A graph of the past that the page can compare with. */
export interface EarlierGraph {
  /** Identifies it in URLs. */
  readonly id: string;
  /** When its data was fetched, ISO 8601; null if it is not known. */
  readonly fetchedAt: string | null;
  /** Name of its file, if a user gave it; null for a kept state. */
  readonly file: string | null;
}

/** A loaded graph of the past. */
export interface LoadedEarlierGraph {
  readonly content: PageContent;
  /** How long loading it took, in ms. */
  readonly wallMs: number;
}

/** Graphs of the past: of kept states, and of files that a user gave. */
export interface EarlierGraphs {
  /** Newest first. */
  list(): Promise<readonly EarlierGraph[]>;
  /**
   * Loads one; loading the same one again may be free.
   *
   * @throws DagsterSigmaError if it cannot be loaded
   */
  load(id: string): Promise<LoadedEarlierGraph>;
  /** Stops running loads. */
  close(): Promise<void>;
}
