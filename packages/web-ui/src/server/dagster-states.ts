import type { PageDagster } from "../model/page-dagster.ts";

/** What a running Dagster knows about the assets of the graph. */
export interface DagsterStates {
  /** The newest known states; asks Dagster if they are old. Never rejects: an error is part of the answer. */
  current(): Promise<PageDagster>;
  /** Cancels running queries. */
  close(): Promise<void>;
}
